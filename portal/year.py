"""The programme year as the few lines that a visitor should see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programmes.enums import PhaseKey
from programmes.models import Phase

# What a teacher or a school must know; training of officers and hosts is not news to visitors.
PUBLIC_PHASES = (
    PhaseKey.ENROLMENT,
    PhaseKey.CITY_SELECTION,
    PhaseKey.TOPIC_SELECTION,
    PhaseKey.COURSE_SELECTION,
    PhaseKey.REQUIRED_STUDY,
    PhaseKey.ELECTIVE_STUDY,
    PhaseKey.CREDIT_REGISTRATION,
)


@dataclass(frozen=True)
class YearLine:
    """One phase. ``now`` is true for one line only: what closes first of all that is open.
    ``was``: its last day is over.

    A phase that only has an end gives way to one that has visibly begun.
    """

    label: str
    opens_on: date | None
    closes_on: date | None
    now: bool
    was: bool = False


def year_lines(phases: Iterable[Phase], *, today: date) -> list[YearLine]:
    """The public phases in the order of the year."""
    by_key = {phase.key: phase for phase in phases}
    shown = [by_key[key] for key in PUBLIC_PHASES if key in by_key]
    open_now = [phase for phase in shown if _is_open(phase, today)]
    first_to_close = min(
        open_now, key=lambda phase: (phase.opens_on is None, phase.closes_on), default=None
    )
    return [
        YearLine(
            label=phase.get_key_display(),
            opens_on=phase.opens_on,
            closes_on=phase.closes_on,
            now=phase is first_to_close,
            was=phase.closes_on is not None and phase.closes_on < today,
        )
        for phase in shown
    ]


def _is_open(phase: Phase, today: date) -> bool:
    """Has begun and has a last day that is not over."""
    begun = phase.opens_on is None or phase.opens_on <= today
    return begun and phase.closes_on is not None and today <= phase.closes_on
