"""The rule of the study clock, without a database. docs/study-clock.md tells it in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from videos.domain.spans import Span, merge, outside, seconds_in
from videos.policy import CARRY

MICROSECOND = timedelta(microseconds=1)
NO_TIME = timedelta(0)


@dataclass(frozen=True)
class Claim:
    """What a browser says it played without a break: seconds ``start`` to ``end`` of the unit.

    ``ago`` is how long before sending it stopped, by the browser's monotonic clock.
    """

    start: int
    end: int
    ago: timedelta = NO_TIME


@dataclass(frozen=True)
class Page:
    """What a study token proves: since when a page is open, until when it earns, how fast.

    Units: ``speed`` in hundredths of real time (150 is one and a half times).
    """

    opened_at: datetime
    earns_until: datetime
    speed: int


@dataclass(frozen=True)
class Settlement:
    """What a beat earned: the new seconds, and the moment up to which wall time is spent."""

    earned: list[Span]
    spent_until: datetime


def settle(
    claims: Iterable[Claim],
    page: Page,
    *,
    now: datetime,
    spent_until: datetime,
    watched: list[Span],
    length: int,
) -> Settlement:
    """Credit the seconds of ``claims`` that are new and that the wall clock allows.

    A claim may use the unspent wall time of its page up to its own end: from the later of
    ``spent_until`` and ``page.opened_at``, to the earlier of now, its end and
    ``page.earns_until``. In that time at most that time × speed can have been played without
    a break from ``claim.start``; of those, the seconds not yet in ``watched`` are earned and
    spend their share of it. Wall time older than ``CARRY`` before the claim's end is spent
    too: it was a pause.

    Safe to repeat: a claim once earned holds no new second and moves nothing.
    Returns: spans that are disjoint from ``watched``, and a moment not before
    ``spent_until`` and, unless it was so already, not after ``now``.
    """
    earned: list[Span] = []
    for claim in sorted(claims, key=lambda claim: -claim.ago):
        begins = max(spent_until, page.opened_at)
        ends = min(now - max(claim.ago, NO_TIME), page.earns_until)
        if ends <= begins:
            continue
        playable = (ends - begins) // MICROSECOND * page.speed // 100_000_000
        start = max(claim.start, 0)
        span = (start, min(claim.end, start + playable, length))
        new = outside(span, watched)
        earned += new
        watched = merge([*watched, *new])
        cost = _wall_time(seconds_in(new), page.speed)
        spent_until = max(spent_until, begins + cost, ends - CARRY)
    return Settlement(earned=earned, spent_until=spent_until)


def _wall_time(seconds: int, speed: int) -> timedelta:
    """The least time in which ``seconds`` can be played, rounded up to the microsecond."""
    return timedelta(microseconds=-(-seconds * 100_000_000 // speed))
