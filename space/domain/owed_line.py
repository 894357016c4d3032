from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

LAST = 99  # after everything that can be nearer to its hours


@dataclass(frozen=True)
class Owed:
    """One part of the requirement in one line. No label: nothing to press now.

    ``task`` names the next step in a few words, for the headline. ``opens_at`` is set while
    the window still lies ahead, ``closes_at`` is its end (24:00).
    """

    title: str
    sentence: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    label: str = ""
    url: str = ""
    task: str = ""
    done_hours: Decimal | None = None
    wanted: int = LAST

    @property
    def is_done(self) -> bool:
        return self.done_hours is not None
