from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem


def studies(user) -> bool:
    """Whoever belongs to a school, and whoever has no other desk."""
    if not user.is_authenticated:
        return False
    return user.school_id is not None or not user.current_appointments


ITEMS = [NavItem(_("Personal space"), "space:home", 10, studies, "/space/")]
