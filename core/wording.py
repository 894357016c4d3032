"""Numbers and days in the words of the reader's language."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

# Django's own words that ours replace in the catalogues.
REWORDED = (gettext_noop("This field is required."),)
SOON_DAYS = 14  # from here on a deadline is drawn in the warm colour
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def sentences(*parts: str) -> str:
    """One after the other: Chinese needs no space between two sentences."""
    return ("" if in_chinese() else " ").join(part for part in parts if part)


def last_day(value: date | datetime | None) -> date | None:
    """The last day that still counts; a moment is the first that no longer does (24:00)."""
    if isinstance(value, datetime):
        return timezone.localtime(value - timedelta(microseconds=1)).date()
    return value or None  # a template's absent variable is an empty string


def hours(value: Any) -> str:
    """31.50 as 31.5, 4.00 as 4; an absent number as 0."""
    number = Decimal(str(value or 0)).normalize()
    return f"{number:f}" if number else "0"


def of_total(earned: Any, needed: Any) -> str:
    """31.5 / 36 class hours."""
    return gettext("%(earned)s / %(needed)s class hours") % {
        "earned": hours(earned),
        "needed": hours(needed),
    }


def class_hours(value: Any) -> str:
    """3.5 class hours."""
    return ngettext("%(hours)s class hour", "%(hours)s class hours", 1 if value == 1 else 2) % {
        "hours": hours(value)
    }


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def short_day(value: date | datetime | None) -> str:
    """6月15日, 15 June; with the year when it is not this one."""
    if not value:
        return ""
    return _short_day(_local_day(value), timezone.localdate().year, in_chinese())


@lru_cache(maxsize=4096)
def _short_day(day_: date, this_year: int, chinese: bool) -> str:
    year = "" if day_.year == this_year else day_.year
    if chinese:
        return f"{year}年{day_.month}月{day_.day}日".removeprefix("年")
    return f"{day_.day} {MONTHS[day_.month - 1]} {year}".rstrip()


def day(value: date | datetime | None) -> str:
    """6月15日（周四）, Thu 15 June."""
    if not value:
        return ""
    return _day(_local_day(value), timezone.localdate().year, in_chinese())


@lru_cache(maxsize=4096)
def _day(day_: date, this_year: int, chinese: bool) -> str:
    """A page names one day many times, and a year has few."""
    short = _short_day(day_, this_year, chinese)
    return f"{short}（周{WEEKDAYS[day_.weekday()]}）" if chinese else f"{day_:%a} {short}"


def day_span(opens_on: date | None, closes_on: date | None) -> str:
    """3月1–31日, 6月15日–9月30日, 至 12月31日, 6月1日起; both days belong to it."""
    first, last = short_day(opens_on), short_day(closes_on)
    if not first or not last:
        if last:
            return gettext("until %(day)s") % {"day": last}
        return gettext("from %(day)s") % {"day": first} if first else ""
    if opens_on == closes_on:
        return first
    if (opens_on.year, opens_on.month) != (closes_on.year, closes_on.month):
        return f"{first}–{last}"
    # One month is named once.
    return f"{first[:-1]}–{closes_on.day}日" if in_chinese() else f"{opens_on.day}–{last}"


def moment(value: datetime | None) -> str:
    """6月15日（周四）14:20, Thu 15 June, 14:20."""
    if not value:
        return ""
    local = timezone.localtime(value)
    chinese = in_chinese()
    named = _day(local.date(), timezone.localdate().year, chinese)
    return f"{named}{'' if chinese else ', '}{local:%H:%M}"


def days_left(value: date | datetime | None) -> str:
    """还剩 12 天. A date is the last day itself; a moment is the end of a window (24:00)."""
    last = last_day(value)
    if last is None:
        return gettext("No last day")
    left = (last - timezone.localdate()).days
    if left < 0:
        return gettext("Closed")
    if left == 0:
        return gettext("Last day today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def urgency(value: date | datetime | None) -> str:
    """The class of a deadline: "over", "soon" or nothing."""
    last = last_day(value)
    if last is None:
        return ""
    left = (last - timezone.localdate()).days
    if left < 0:
        return "over"
    return "soon" if left < SOON_DAYS else ""
