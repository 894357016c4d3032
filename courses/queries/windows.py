"""When work on required and on elective courses earns hours."""

from __future__ import annotations

from organisations.models import Organisation
from programmes.domain.phases import NOT_SET, Window, phase_windows
from programmes.enums import Category, PhaseKey
from programmes.models import Programme

STUDY_PHASES = [
    PhaseKey.REQUIRED_STUDY,
    PhaseKey.ELECTIVE_STUDY,
    PhaseKey.CREDIT_REGISTRATION,
]


def study_windows(programme: Programme, school: Organisation) -> dict[str, Window]:
    """The window of each category as it holds for ``school``. One query.

    Electives may be studied for good; hours end with the registration of credits.
    The same windows stand in ``domain.completion_sql``.

    Source: R12, R17, A6.
    """
    return study_windows_in(phase_windows(programme, school, keys=STUDY_PHASES))


def study_windows_in(found: dict[str, Window]) -> dict[str, Window]:
    """The same out of all windows of the year, for who has read them already."""
    elective = found.get(PhaseKey.ELECTIVE_STUDY, NOT_SET)
    registration = found.get(PhaseKey.CREDIT_REGISTRATION)
    return {
        Category.REQUIRED: found.get(PhaseKey.REQUIRED_STUDY, NOT_SET),
        Category.ELECTIVE: _ending_with(elective, registration),
    }


def _ending_with(window: Window, other: Window | None) -> Window:
    ends = [one for one in (window, other) if one is not None and one.closes_at is not None]
    if not ends:
        return window
    first = min(ends, key=lambda one: one.closes_at)
    return Window(window.opens_at, first.closes_at, window.is_set, first.extended)
