"""The door to the inbox, with the number of unread notices."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, signed_in
from notifications.domain.inbox import unread_count

ITEMS = [
    NavItem(
        _("Inbox"),
        "notifications:inbox",
        10,
        signed_in,
        "/inbox/",
        place="tools",
        count=unread_count,
    ),
]
