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
    NavItem(_("National lessons"), "lessons:national", 23, studies, "/lessons/national/"),
    NavItem(_("Drawn lessons"), "lessons:cases", 24, studies, "/lessons/cases/"),
    NavItem(_("Open lessons"), "lessons:catalogue", 12, signed_out, "/lessons/"),
    NavItem(_("Push lessons"), "lessons:push", 59, pushes, "/lessons/push/"),
    NavItem(_("The draw"), "lessons:draw_desk", 67, can_run_province, "/lessons/draw/desk/"),
    NavItem(_("Draw of the lessons"), "lessons:draw", 58, everybody, place="foot"),
    NavItem(_("Lessons"), "lessons:mine", 25, gives_lessons, "/lessons/"),
    NavItem(_("Lessons"), "lessons:desk", 57, has_desk, "/lessons/"),
    NavItem(
        _("National lessons"),
        "lessons:national_desk",
        66,
        can_run_province,
        "/lessons/national/desk/",
    ),
]
