from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem
from lessons.permissions import can_run_province


def studies(user) -> bool:
    return user.is_authenticated and user.school_id is not None


ITEMS = [
    NavItem(_("National lessons"), "lessons:national", 24, studies, "/lessons/national/"),
    NavItem(
        _("National lessons"),
        "lessons:national_desk",
        66,
        can_run_province,
        "/lessons/national/desk/",
    ),
]
