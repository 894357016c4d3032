from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_open_people
from core.navigation import NavItem

ITEMS = [
    NavItem(
        label=_("People"),
        url_name="accounts:people",
        order=70,
        shown=lambda user: user.is_authenticated and can_open_people(user),
        prefix="/people/",
        desk=True,
        group="people",
    ),
    NavItem(
        label=_("My account"),
        url_name="accounts:profile",
        order=90,
        prefix="/me/",
        place="me",
    ),
]
