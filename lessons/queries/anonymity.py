"""Who must not be named to whom, and how names are taken out of words (requirements 2, item 6).

Where a year hides authors from reviewers, a drawn lesson is known by its title, grade and edition
alone. What people typed may say more, so the names of its people and its school are covered in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from accounts.models import User
from lessons.models import CaseAssignment, Lesson
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

COVER = "〇〇"


def hides_authors(programme: Programme) -> bool:
    """Whether reviewers by the draw learn in this year whose lesson they review."""
    return not rule_pack_of(programme).review.author_shown


def names_of(lesson: Lesson) -> list[str]:
    """The people of a lesson, its team too, and its school."""
    team = lesson.members.select_related("user").order_by("pk")
    people = [lesson.teacher.real_name, *(member.user.real_name for member in team)]
    return [*people, lesson.school.name]


def hidden_from(user: User, lesson: Lesson) -> list[str]:
    """The names that somebody must not read who was given the lesson in a year that hides them."""
    given = CaseAssignment.objects.filter(user=user, lesson__lesson=lesson)
    given = given.exclude(draw__programme__rule_pack__review__author_shown=True)
    if user.school_id == lesson.school_id or not given.exists():
        return []
    return names_of(lesson)


def veiled(text: str, names: Iterable[str]) -> str:
    """The text with the names covered, also where blanks stand between their characters."""
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        spaced = r"\s*".join(re.escape(character) for character in name if not character.isspace())
        text = re.sub(spaced, COVER, text, flags=re.IGNORECASE)
    return text


def name_titles(cases: Iterable[CaseAssignment], programme: Programme) -> dict[int, str]:
    """Under which title its holder sees each assignment, by key."""
    hidden = hides_authors(programme)
    return {
        case.pk: veiled(lesson.title, names_of(lesson)) if hidden else lesson.title
        for case, lesson in ((case, case.lesson.lesson) for case in cases)
    }
