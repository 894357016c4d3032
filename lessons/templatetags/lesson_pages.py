"""What the pages of the lessons share: ``{% load lesson_pages %}``."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from lessons import permissions
from programmes.domain.rulepack import in_readers_language

register = template.Library()


@register.inclusion_tag("lessons/_tabs.html", takes_context=True)
def lesson_tabs(context, current: str) -> dict:
    """The rooms of the lessons that are open to the reader; ``current`` names this one."""
    user = context["request"].user
    return {
        "tabs": [
            {"url": reverse(f"lessons:{name}"), "label": label, "current": name == current}
            for name, label, shown in rooms(user)
            if shown
        ]
    }


def rooms(user) -> list[tuple[str, str, bool]]:
    """Address, words and whether the reader has that room, in their order."""
    desk, teaches = permissions.can_open_desk(user), user.is_authenticated and user.school_id
    rules, keeps = permissions.can_rule(user), permissions.can_keep_curriculum(user)
    return [
        ("desk", _("Desk"), desk),
        ("mine", _("My lessons"), bool(teaches)),
        ("catalogue", _("Catalogue"), user.is_authenticated),
        ("research", _("My research lessons"), bool(teaches)),
        ("research_desk", _("Research lessons"), desk),
        ("coverage", _("Coverage"), user.is_authenticated),
        ("curriculum", _("Tables of contents"), keeps),
        ("rubrics", _("Rubric"), keeps),
        ("reports", _("Reports"), rules),
        ("hints", _("Look-alikes"), rules),
    ]


@register.filter
def rubric_title(rubric) -> str:
    """The rubric's title in the reader's language."""
    return in_readers_language(rubric.title_zh, rubric.title_en)


@register.filter
def clock(seconds: int | None) -> str:
    """12:03, 1:02:03."""
    minutes, second = divmod(int(seconds or 0), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
