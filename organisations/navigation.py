from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem
from organisations.permissions import can_browse

ITEMS = [
    NavItem(
        label=_("Organisations"),
        url_name="organisations:index",
        order=80,
        shown=lambda user: user.is_authenticated and can_browse(user),
        prefix="/organisations/",
        desk=True,
        group="people",
    ),
]
