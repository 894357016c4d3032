from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.navigation import NavItem
from courses.permissions import can_edit_questions


def marks_homework(user) -> bool:
    return user.is_authenticated and bool(user.appointed_paths(Role.MARKER))


def edits_questions(user) -> bool:
    return user.is_authenticated and can_edit_questions(user)


ITEMS = [
    NavItem(_("Marking"), "courses:marking", 60, marks_homework, prefix="/courses/marking/"),
    NavItem(_("Question banks"), "courses:banks", 62, edits_questions, "/courses/questions/"),
]
