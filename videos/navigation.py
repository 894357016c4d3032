from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem
from videos.permissions import can_edit_videos

ITEMS = [
    NavItem(
        _("Videos"), "videos:list", 70, shown=can_edit_videos, prefix="/videos/", group="courses"
    )
]
