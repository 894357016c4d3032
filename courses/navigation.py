from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.navigation import NavItem, everybody, signed_out
from courses.permissions import can_edit_questions, can_open_further_attempts, can_see_supply
from courses.queries.further import waiting_for


def studies(user) -> bool:
    return user.is_authenticated and user.school_id is not None


def chooses_topics(user) -> bool:
    return user.is_authenticated and bool(user.appointed_paths(Role.PRINCIPAL, Role.ADMINISTRATOR))


def sees_supply(user) -> bool:
    return user.is_authenticated and can_see_supply(user)


def marks_homework(user) -> bool:
    return user.is_authenticated and bool(user.appointed_paths(Role.MARKER))


def edits_questions(user) -> bool:
    return user.is_authenticated and can_edit_questions(user)


def decides_attempts(user) -> bool:
    return user.is_authenticated and can_open_further_attempts(user)


ITEMS = [
    NavItem(_("Course catalogue"), "/catalogue/", 10, signed_out, "/catalogue/"),
    NavItem(_("My courses"), "courses:mine", 20, studies, "/courses/", group="courses"),
    NavItem(_("Topics"), "courses:topics", 58, chooses_topics, "/courses/topics/", group="courses"),
    NavItem(
        _("Marking"),
        "courses:marking",
        60,
        marks_homework,
        "/courses/marking/",
        desk=True,
        group="courses",
    ),
    NavItem(
        _("Further attempts"),
        "courses:further_attempts",
        61,
        decides_attempts,
        "/courses/further-attempts/",
        count=waiting_for,
        group="courses",
    ),
    NavItem(
        _("Question banks"),
        "courses:banks",
        62,
        edits_questions,
        "/courses/questions/",
        group="courses",
    ),
    NavItem(
        _("Course supply"), "courses:supply", 64, sees_supply, "/courses/supply/", group="courses"
    ),
    NavItem(_("Course catalogue"), "/catalogue/", 15, everybody, "/catalogue/", place="foot"),
]
