from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.navigation import NavItem, everybody, signed_out


def is_editor(user) -> bool:
    return user.is_authenticated and bool(user.appointed_paths(Role.EDITOR))


ITEMS = [
    NavItem(_("Home"), "portal:front", 0, signed_out),
    NavItem(_("News"), "/news/", 30, signed_out, "/news/"),
    NavItem(_("Check a certificate"), "credits:check", 50, signed_out, "/credits/check/"),
    NavItem(_("Help"), "/help/", 60, signed_out, "/help/"),
    NavItem(_("Editing"), "wagtailadmin_home", 90, is_editor, "/cms/", desk=True),
    NavItem(_("News"), "/news/", 10, everybody, "/news/", place="foot"),
    NavItem(_("Help"), "/help/", 20, everybody, "/help/", place="foot"),
]
