from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, signed_out
from workshops.permissions.seats import can_open_desk


def has_no_desk(user) -> bool:
    """Members, and hosts: an expert of a university belongs to no school here (R33)."""
    return user.is_authenticated and not can_open_desk(user)


ITEMS = [
    NavItem(_("Workshops"), "workshops:list", 13, signed_out, "/workshops/"),
    NavItem(_("My workshops"), "workshops:mine", 26, has_no_desk, "/workshops/", group="workshops"),
    NavItem(
        _("Desk of workshops"),
        "workshops:desk",
        56,
        can_open_desk,
        "/workshops/",
        group="workshops",
    ),
]
