"""Who has given a research lesson in a school year, and who has not (R4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lessons.models import ResearchLesson
from programmes.domain.person_types import owes_research_lesson
from programmes.enums import EnrolmentState, PersonType
from programmes.models import Enrolment

if TYPE_CHECKING:
    from organisations.models import Organisation
    from programmes.models import Programme

OWING = [kind for kind in PersonType.values if owes_research_lesson(kind)]


@dataclass(frozen=True)
class SchoolSum:
    """How many of a unit's people owe a research lesson, and how many have given one."""

    key: int
    name: str
    owing: int
    given: int

    @property
    def missing(self) -> int:
        return self.owing - self.given


def owing(programme: Programme, school_year: int) -> QuerySet:
    """Everybody of whom one is asked, with ``given`` saying whether it was."""
    lessons = ResearchLesson.objects.filter(teacher=OuterRef("user"), school_year=school_year)
    enrolled = Enrolment.objects.filter(programme=programme, person_type__in=OWING)
    enrolled = enrolled.exclude(state=EnrolmentState.WITHDRAWN)
    return enrolled.annotate(given=Exists(lessons))


def people_of(
    programme: Programme, school_year: int, school: Organisation, *, shown: str = ""
) -> QuerySet:
    """The people of one school with ``given`` and how many ``lessons`` and ``observed``.

    ``shown`` "missing" or "given" narrows them. One query.
    """
    of_year = Q(user__research_lessons__school_year=school_year)
    seen = Q(user__observations__research__school_year=school_year)
    people = owing(programme, school_year).filter(school=school)
    if shown in ("missing", "given"):
        people = people.filter(given=shown == "given")
    return (
        people.select_related("user")
        .annotate(
            lessons=Count("user__research_lessons", filter=of_year, distinct=True),
            observed=Count("user__observations", filter=seen, distinct=True),
        )
        .order_by("given", "user__real_name", "pk")
    )


def sums_by_school(programme: Programme, school_year: int, within: Q) -> list[SchoolSum]:
    """The schools of one's scope, those with most people missing first: one grouped statement."""
    rows = (
        owing(programme, school_year)
        .filter(within)
        .order_by()
        .values_list("school", "school__name")
        .annotate(owing=Count("pk"), done=Count("pk", filter=Q(given=True)))
    )
    sums = [SchoolSum(key, name, owing_, done) for key, name, owing_, done in rows]
    return sorted(sums, key=lambda one: (-one.missing, one.name))
