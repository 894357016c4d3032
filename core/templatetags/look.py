"""Numbers, days and small helps for templates: ``{% load look %}``."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

SOON_DAYS = 14  # from here on a deadline is drawn in the warm colour
ART_KINDS = 6
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def last_day(value: date | datetime | None) -> date | None:
    """The last day that still counts; a moment is the first that no longer does (24:00)."""
    if isinstance(value, datetime):
        return timezone.localtime(value - timedelta(microseconds=1)).date()
    return value


@register.filter
def hours(value: Any) -> str:
    """31.50 as 31.5, 4.00 as 4; an absent number as 0."""
    number = Decimal(str(value or 0)).normalize()
    return f"{number:f}" if number else "0"


@register.filter
def of_total(earned: Any, needed: Any) -> str:
    """31.5 / 36 class hours."""
    return gettext("%(earned)s / %(needed)s class hours") % {
        "earned": hours(earned),
        "needed": hours(needed),
    }


@register.filter
def class_hours(value: Any) -> str:
    """3.5 class hours."""
    return ngettext("%(hours)s class hour", "%(hours)s class hours", 1 if value == 1 else 2) % {
        "hours": hours(value)
    }


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def short_day(value: date | datetime | None) -> str:
    """6月15日, 15 June; with the year when it is not this one."""
    if not value:
        return ""
    day_ = _local_day(value)
    other_year = day_.year != timezone.localdate().year
    if in_chinese():
        return (
            f"{day_.year}年{day_.month}月{day_.day}日"
            if other_year
            else f"{day_.month}月{day_.day}日"
        )
    text = f"{day_.day} {MONTHS[day_.month - 1]}"
    return f"{text} {day_.year}" if other_year else text


@register.filter
def day(value: date | datetime | None) -> str:
    """6月15日（周四）, Thu 15 June."""
    if not value:
        return ""
    day_ = _local_day(value)
    if in_chinese():
        return f"{short_day(day_)}（周{WEEKDAYS[day_.weekday()]}）"
    return f"{day_:%a} {short_day(day_)}"


@register.simple_tag
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


@register.filter
def moment(value: datetime | None) -> str:
    """6月15日（周四）14:20, Thu 15 June, 14:20."""
    if not value:
        return ""
    clock = f"{timezone.localtime(value):%H:%M}"
    return f"{day(value)}{clock}" if in_chinese() else f"{day(value)}, {clock}"


@register.filter(name="last_day")
def last_day_filter(value: date | datetime | None) -> date | None:
    """The last day that still counts of a window that closes at 24:00."""
    return last_day(value)


@register.filter
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


@register.filter
def urgency(value: date | datetime | None) -> str:
    """The class of a deadline: "over", "soon" or nothing."""
    last = last_day(value)
    if last is None:
        return ""
    left = (last - timezone.localdate()).days
    if left < 0:
        return "over"
    return "soon" if left < SOON_DAYS else ""


@register.filter
def percent(part: Any, whole: Any) -> str:
    """How much of ``whole`` is done, 0 to 100, as an SVG width."""
    whole = float(whole or 0)
    share = 100.0 if whole <= 0 else max(0.0, min(100.0, float(part or 0) * 100 / whole))
    return f"{share:.1f}%"


@register.filter
def weight(value: Any) -> int:
    """The width class (1 to 24) of a part of ``value`` class hours."""
    return max(1, min(24, round(float(value or 0))))


@register.simple_tag(takes_context=True)
def csrf_field(context) -> str:
    """The hidden CSRF field, also inside components that are included with ``only``."""
    token = get_token(context.request)
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The page's query string with some parameters set; None takes one away."""
    query = context.request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/sort.html", takes_context=True)
def sort_head(context, key: str, label: str, numeric: bool = False) -> dict:
    """A table head that sorts by ``?sort=key`` (``-key`` backwards) and says how it is sorted."""
    now = context.request.GET.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    wanted = f"-{key}" if now == key else key
    return {
        "label": label,
        "numeric": numeric,
        "direction": direction,
        "href": query_with(context, sort=wanted, page=None),
    }


@register.filter
def art(number: int | None) -> int:
    """Which of the drawings of components/art.html stands for ``number``."""
    return (number or 0) % ART_KINDS
