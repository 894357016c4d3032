from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, everybody, signed_out
from lessons.permissions import can_open_desk, can_push_any, can_run_province


def studies(user) -> bool:
    return user.is_authenticated and user.school_id is not None


def has_desk(user) -> bool:
    return user.is_authenticated and can_open_desk(user)


def gives_lessons(user) -> bool:
    return studies(user) and not can_open_desk(user)


def pushes(user) -> bool:
    return can_push_any(user)


ITEMS = [
    NavItem(
        _("National lessons"),
        "lessons:national",
        23,
        studies,
        "/lessons/national/",
        group="lessons",
    ),
    NavItem(
        _("Lessons to review"), "lessons:cases", 24, studies, "/lessons/cases/", group="lessons"
    ),
    NavItem(_("Open lessons"), "lessons:catalogue", 12, signed_out, "/lessons/"),
    NavItem(_("Push lessons"), "lessons:push", 59, pushes, "/lessons/push/", group="lessons"),
    NavItem(
        _("The draw"),
        "lessons:draw_desk",
        67,
        can_run_province,
        "/lessons/draw/desk/",
        group="lessons",
    ),
    NavItem(
        _("Draw of the lessons"), "lessons:draw", 58, everybody, "/lessons/draw/", place="foot"
    ),
    NavItem(_("My lessons"), "lessons:mine", 25, gives_lessons, "/lessons/", group="lessons"),
    NavItem(_("Lesson desk"), "lessons:desk", 57, has_desk, "/lessons/", group="lessons"),
    NavItem(
        _("National lessons"),
        "lessons:national_desk",
        66,
        can_run_province,
        "/lessons/national/desk/",
        group="lessons",
    ),
]
