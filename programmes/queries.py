"""Reads that other rooms and apps ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from accounts.models import User
from core.rows import Columns, rows_of
from organisations.models import Organisation
from programmes.enums import EnrolmentState
from programmes.models import Enrolment, Programme

if TYPE_CHECKING:
    from programmes.models.enrolment import EnrolmentQuerySet


PROGRAMME = Columns(Programme, "programme", without=["rule_pack"])
ENROLMENT = Columns(Enrolment, "enrolment")
SCHOOL = Columns(Organisation, "school")
CURRENT = f"SELECT {PROGRAMME} FROM programmes_programme programme WHERE programme.is_current"  # noqa: S608
PLACE = f"""
SELECT {ENROLMENT}, {SCHOOL}
  FROM programmes_enrolment enrolment
  JOIN organisations_organisation school ON school.id = enrolment.school_id
 WHERE enrolment.user_id = %s AND enrolment.programme_id = %s
"""  # noqa: S608 - names of this product's own columns
CURRENT_PLACE = f"""
SELECT {PROGRAMME}, {ENROLMENT}, {SCHOOL}
  FROM programmes_programme programme
  LEFT JOIN programmes_enrolment enrolment
    ON enrolment.programme_id = programme.id AND enrolment.user_id = %s
  LEFT JOIN organisations_organisation school ON school.id = enrolment.school_id
 WHERE programme.is_current
"""  # noqa: S608 - as above


def current_programme() -> Programme | None:
    """The programme year that is under way. One query; its pack is read when first needed."""
    for row in rows_of(CURRENT, []):
        return PROGRAMME.read(row)
    return None


def enrolment_of(user: User, programme: Programme) -> Enrolment | None:
    """The person's enrolment in the year, whatever its state, with school and programme."""
    for row in rows_of(PLACE, [user.pk, programme.pk]):
        return _enrolment(row, programme)
    return None


def current_place(user: User) -> tuple[Programme | None, Enrolment | None]:
    """The year that is under way and the person's enrolment in it. One query for both."""
    for row in rows_of(CURRENT_PLACE, [user.pk]):
        programme = PROGRAMME.read(row)
        return programme, _enrolment(row, programme)
    return None, None


def _enrolment(row: Iterator[Any], programme: Programme) -> Enrolment | None:
    enrolment = ENROLMENT.read(row)
    if enrolment is not None:
        enrolment.school, enrolment.programme = SCHOOL.read(row), programme
    return enrolment


def school_counts(programme: Programme, school: Organisation) -> dict[str, int]:
    """People of the school's list per state, and ``missing``: people who are on no list.

    Two queries.
    """
    rows = Enrolment.objects.filter(programme=programme, school=school)
    counted = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    counts = {state: counted.get(state, 0) for state in EnrolmentState.values}
    return counts | {"missing": missing_people(programme, school).count()}


def missing_people(programme: Programme, school: Organisation) -> QuerySet[User]:
    """People of the school without a place in the year (nobody who withdrew or was moved)."""
    enrolled = Enrolment.objects.filter(programme=programme, user=OuterRef("pk"))
    return school.people.filter(~Exists(enrolled), is_active=True).order_by("real_name", "pk")


def with_last_place(people: QuerySet[User], programme: Programme) -> QuerySet[User]:
    """Adds ``last_place``, "stage subject" of the person's latest earlier year, or None."""
    earlier = (
        Enrolment.objects.filter(user=OuterRef("pk"), programme__year__lt=programme.year)
        .order_by("-programme__year", "-pk")
        .values(place=Concat("stage", Value(" "), "subject"))
    )
    return people.annotate(last_place=Subquery(earlier[:1]))


def filtered(
    enrolments: EnrolmentQuerySet,
    *,
    state: str = "",
    school: int | None = None,
    stage: str = "",
    subject: str = "",
    name: str = "",
) -> EnrolmentQuerySet:
    """The filters of the lists. "waiting" is everybody on whom the county may act."""
    if state == "waiting":
        enrolments = enrolments.waiting()
    elif state:
        enrolments = enrolments.filter(state=state)
    wanted = {"school": school, "stage": stage, "subject": subject}
    enrolments = enrolments.filter(**{key: value for key, value in wanted.items() if value})
    if name:
        enrolments = enrolments.filter(Q(user__real_name__startswith=name) | Q(user__username=name))
    return enrolments
