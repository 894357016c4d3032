"""Numbers, days and small helps for templates: ``{% load look %}``."""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html

from core.wording import (
    class_hours,
    day,
    day_span,
    days_left,
    hours,
    last_day,
    moment,
    of_total,
    short_day,
    urgency,
)

register = template.Library()

ART_KINDS = 6

for words in (
    class_hours,
    day,
    days_left,
    hours,
    last_day,
    moment,
    of_total,
    short_day,
    urgency,
):
    register.filter(words.__name__, words)
register.simple_tag(day_span)


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
def csrf_value(context) -> str:
    """The CSRF token, masked once per page as Django's own tag does, for all its forms."""
    request = context.request
    if not hasattr(request, "masked_csrf_token"):
        request.masked_csrf_token = get_token(request)
    return request.masked_csrf_token


@register.simple_tag(takes_context=True)
def csrf_field(context) -> str:
    """The hidden CSRF field, also inside components that are included with ``only``."""
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return format_html(field, csrf_value(context))


class KeepNode(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def keep(parser, token) -> KeepNode:
    """``{% keep as menu %}…{% endkeep %}``: rendered once, shown by ``{{ menu }}`` where wanted."""
    _tag, _as, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodelist, name)


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
