"""The code that is shown where people meet: a number of the server's secret and its clock.

Nothing is stored. The code of one meeting says nothing of another, and one that was passed on is
worth nothing a minute later (decision 0611).
"""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import salted_hmac

from workshops.policy import CODE_DIGITS, CODE_SECONDS

if TYPE_CHECKING:
    from workshops.models import Meeting

SALT = "workshops.gatherings.sign_in"


def code_of(meeting: Meeting, at: datetime | None = None) -> str:
    """The digits that stand on the screen at ``at`` (now)."""
    return _code(meeting, _step(at or timezone.now()))


def seconds_left(at: datetime | None = None) -> int:
    """How long the code of ``at`` (now) still stands on the screen, 1 to ``CODE_SECONDS``."""
    moment = at or timezone.now()
    return CODE_SECONDS - int(moment.timestamp()) % CODE_SECONDS


def code_holds(meeting: Meeting, typed: str, at: datetime | None = None) -> bool:
    """Whether ``typed`` is the code of ``at`` (now) or the one before it: typing takes a while."""
    step = _step(at or timezone.now())
    digits = "".join(typed.split())
    this, last = (_code(meeting, one).encode() for one in (step, step - 1))
    return compare_digest(digits.encode(), this) | compare_digest(digits.encode(), last)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // CODE_SECONDS


def _code(meeting: Meeting, step: int) -> str:
    digest = salted_hmac(SALT, f"{meeting.pk}:{step}", algorithm="sha256").digest()
    return str(int.from_bytes(digest[:8], "big") % 10**CODE_DIGITS).zfill(CODE_DIGITS)
