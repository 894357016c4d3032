"""Whether a day can have had a lesson: said beside the form, never a refusal (R57)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from core.wording import day as in_words
from programmes.domain.working_days import calendar_knows, is_working_day

WEEKEND = 5


def slot_warnings(day: date | None) -> list[str]:
    """What speaks against ``day`` as a school day; nothing when nothing does.

    Holidays and moved working days are those of the published calendar and its corrections.
    """
    if day is None:
        return []
    if day > timezone.localdate():
        return [
            _("%(day)s has not come yet: a recorded lesson was given on a day that is past.")
            % {"day": in_words(day)}
        ]
    works = is_working_day(day)
    if not works and day.weekday() >= WEEKEND:
        return [
            _("%(day)s was a weekend: check the day against the timetable.")
            % {"day": in_words(day)}
        ]
    if not works:
        return [
            _("%(day)s was a public holiday: check the day against the timetable.")
            % {"day": in_words(day)}
        ]
    if day.weekday() >= WEEKEND:
        return [
            _(
                "%(day)s was a weekend that was worked: say in the summary whose timetable was "
                "followed."
            )
            % {"day": in_words(day)}
        ]
    if not calendar_knows(day.year):
        return [
            _("The holidays of %(year)s are not published yet; check the day yourself.")
            % {"year": day.year}
        ]
    return []
