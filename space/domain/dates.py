"""The next days that matter to a teacher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.wording import last_day
from programmes.domain.phases import Window
from programmes.enums import PhaseKey

# Phases in which a teacher does something; the rest is the work of officers.
TEACHER_PHASES = {
    PhaseKey.ENROLMENT,
    PhaseKey.COURSE_SELECTION,
    PhaseKey.REQUIRED_STUDY,
    PhaseKey.ELECTIVE_STUDY,
    PhaseKey.CREDIT_REGISTRATION,
}
WEEK = timedelta(days=7)
SHOWN = 3


@dataclass(frozen=True)
class Event:
    day: date
    text: str


def next_events(
    windows: Mapping[str, Window], *, today: date, enrolled: bool = False
) -> list[Event]:
    """All that opens or ends within a week; else the next things that will, at most three.

    Who is ``enrolled`` need not be told about enrolment.
    """
    keys = TEACHER_PHASES - {PhaseKey.ENROLMENT} if enrolled else TEACHER_PHASES
    chosen = {key: window for key, window in windows.items() if key in keys}
    events = sorted(_events(chosen), key=lambda event: event.day)
    coming = [event for event in events if event.day >= today]
    this_week = [event for event in coming if event.day < today + WEEK]
    return this_week or coming[:SHOWN]


def is_this_week(events: list[Event], *, today: date) -> bool:
    return bool(events) and events[0].day < today + WEEK


def _events(windows: Mapping[str, Window]):
    for key, window in windows.items():
        phase = PhaseKey(key).label
        if window.opens_at is not None:
            # One second in, so that the first day is the day of the opening itself.
            opens_on = last_day(window.opens_at + timedelta(seconds=1))
            yield Event(opens_on, _("First day: %(phase)s") % {"phase": phase})
        if window.closes_at is not None:
            yield Event(last_day(window.closes_at), _("Last day: %(phase)s") % {"phase": phase})
