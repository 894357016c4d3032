from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, everybody
from credits.permissions import can_open_desk, officer_paths
from credits.queries import disputes_to_answer


def has_hours(user):
    return user.is_authenticated and user.school_id is not None


def at_the_desk(user):
    return user.is_authenticated and can_open_desk(user)


def waiting_disputes(user):
    paths = officer_paths(user)
    return disputes_to_answer(paths).count() if paths else 0


ITEMS = [
    NavItem(_("My hours"), "credits:mine", 30, has_hours, "/credits/", place="me"),
    NavItem(
        _("Credit registration"),
        "credits:registrations",
        44,
        at_the_desk,
        "/credits/registrations/",
        group="credits",
    ),
    NavItem(_("Awards"), "credits:awards", 45, at_the_desk, "/credits/awards/", group="credits"),
    NavItem(
        _("Disputes"),
        "credits:disputes",
        46,
        at_the_desk,
        "/credits/disputes/",
        count=waiting_disputes,
        group="credits",
    ),
    NavItem(
        _("Check a certificate"), "credits:check", 60, everybody, "/credits/check/", place="foot"
    ),
]
