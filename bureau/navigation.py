from django.utils.translation import gettext_lazy as _

from bureau.permissions import can_upload_any
from core.navigation import NavItem

ITEMS = [
    NavItem(_("Imports"), "bureau:imports", 330, can_upload_any, "/bureau/imports/"),
]
