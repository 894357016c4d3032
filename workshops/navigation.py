from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, signed_out
from workshops.permissions import can_open_desk


def learns(user) -> bool:
    return user.is_authenticated and user.school_id is not None and not can_open_desk(user)


ITEMS = [
    NavItem(_("Workshops"), "workshops:list", 13, signed_out, "/workshops/"),
    NavItem(_("My workshops"), "workshops:mine", 26, learns, "/workshops/", group="workshops"),
    NavItem(
        _("Desk of workshops"),
        "workshops:desk",
        56,
        can_open_desk,
        "/workshops/",
        group="workshops",
    ),
]
