"""Reads of trainings and seminars: what comes, who comes, who was there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Min,
    Prefetch,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils import timezone

from workshops.enums.gatherings import Answer, GatheringKind, GatheringState, Presence
from workshops.models import (
    Attendance,
    Attendee,
    AttendeeQuerySet,
    Gathering,
    GatheringQuerySet,
    Meeting,
    Workshop,
)

if TYPE_CHECKING:
    from accounts.models import User

# Today's hosts of the year's workshops below a unit, narrowed by level, stage and subject.
INVITED_HOSTS = """
SELECT DISTINCT term.user_id
  FROM workshops_host term
  JOIN workshops_workshop hosted ON hosted.id = term.workshop_id
  JOIN organisations_organisation unit ON unit.id = hosted.organisation_id
 WHERE hosted.programme_id = %(programme)s AND starts_with(unit.path, %(path)s)
   AND unit.level < 4
   AND term.ended_at IS NULL
   AND (now() AT TIME ZONE 'Asia/Shanghai')::date
       BETWEEN term.starts_on AND coalesce(term.ends_on, 'infinity')
   AND (%(level)s::int IS NULL OR unit.level = %(level)s)
   AND %(stage)s IN ('', hosted.stage) AND %(subject)s IN ('', hosted.subject)
"""


def with_sums(rows: GatheringQuerySet) -> GatheringQuerySet:
    """Adds times and how many are invited, come, wait and were there at least once."""
    answers = {
        one.value: Count("attendees", filter=Q(attendees__answer=one), distinct=True)
        for one in (Answer.COMING, Answer.WAITING, Answer.DECLINED)
    }
    present = Q(attendees__attendance__presence=Presence.PRESENT)
    return rows.with_times().annotate(
        **answers,
        all_people=Count("attendees", distinct=True),
        were_there=Count("attendees", filter=present, distinct=True),
    )


def coming_to(workshop: Workshop, limit: int) -> list[Gathering]:
    """The next seminars of the workshop, the nearest first. One query."""
    rows = Gathering.objects.filter(workshop=workshop).announced()
    rows = rows.annotate(begins_at=Min("meetings__begins_at"), ends_at=Max("meetings__ends_at"))
    return list(rows.filter(ends_at__gte=timezone.now()).order_by("begins_at")[:limit])


def coming_for(user: User, limit: int) -> list[Meeting]:
    """The next meetings at which one is expected: one comes, or was invited. One query."""
    expected = Attendee.objects.filter(user=user, answer__in=[Answer.COMING, Answer.INVITED])
    rows = Meeting.objects.filter(
        gathering__in=expected.values("gathering"),
        gathering__state=GatheringState.ANNOUNCED,
        ends_at__gte=timezone.now(),
    )
    return list(rows.select_related("gathering").order_by("begins_at")[:limit])


def own_invitations(user: User) -> QuerySet[Attendee]:
    """Gatherings to which one was invited or signed up, the latest first, with what one was
    present at. Two queries."""
    rows = Attendee.objects.filter(user=user).select_related(
        "gathering__organisation", "gathering__workshop__organisation"
    )
    meetings = Meeting.objects.order_by("number")
    return rows.prefetch_related(
        Prefetch("gathering__meetings", meetings),
        Prefetch("attendance", Attendance.objects.present(), to_attr="presences"),
    ).order_by("-pk")


@dataclass(frozen=True)
class TrainingRecord:
    """A person's trainings. Units: meetings, class hours of trainings attended throughout."""

    invited: int
    attended: int
    meetings: int
    class_hours: Decimal


def training_record(user: User, programme_id: int | None = None) -> TrainingRecord:
    """Trainings of a host: invited to, present at, hours. One query.

    A training gives its hours to who was present at every one of its meetings.
    Source: R37.
    """
    rows = Attendee.objects.filter(
        user=user, gathering__kind=GatheringKind.TRAINING, gathering__state="announced"
    )
    if programme_id is not None:
        rows = rows.filter(gathering__programme=programme_id)
    counted = rows.annotate(
        was_at=Count("attendance", filter=Q(attendance__presence=Presence.PRESENT), distinct=True),
        held=Count("gathering__meetings", distinct=True),
        hours=F("gathering__class_hours"),
    ).values_list("was_at", "held", "hours")
    lines = list(counted)
    return TrainingRecord(
        invited=len(lines),
        attended=sum(was_at > 0 for was_at, _held, _hours in lines),
        meetings=sum(was_at for was_at, _held, _hours in lines),
        class_hours=sum((hours for was_at, held, hours in lines if was_at == held), Decimal(0)),
    )


# Of each person: meetings of trainings at which the person was present, in one year. For whoever
# counts hosts as a set (assessment, priority list).
TRAINING_PRESENCES = """
SELECT attendee.user_id, count(*) AS meetings,
       count(DISTINCT attendee.gathering_id) AS trainings
  FROM workshops_attendance attendance
  JOIN workshops_attendee attendee ON attendee.id = attendance.attendee_id
  JOIN workshops_gathering training ON training.id = attendee.gathering_id
 WHERE training.kind = 'training' AND training.state = 'announced'
   AND training.programme_id = %(programme)s AND attendance.presence = 'present'
 GROUP BY attendee.user_id
"""


def list_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Everybody invited or signed up, with what stands on the meeting's list. Two queries."""
    marked = {
        one.attendee_id: one
        for one in Attendance.objects.filter(meeting=meeting).select_related("marked_by")
    }
    people = Attendee.objects.filter(gathering=meeting.gathering_id).select_related("user__school")
    ordered = people.order_by(F("place").asc(nulls_last=True), "user__real_name", "pk")
    return [{"attendee": one, "attendance": marked.get(one.pk)} for one in ordered]


def seminar_sums(workshop: Workshop) -> dict[str, int]:
    """The workshop's offline guidance: seminars held, and people who were at one. One query.

    Source: R38.
    """
    present = Q(attendees__attendance__presence=Presence.PRESENT)
    held = Gathering.objects.filter(
        workshop=workshop, state=GatheringState.ANNOUNCED, meetings__begins_at__lte=timezone.now()
    )
    return held.aggregate(
        held=Count("pk", distinct=True),
        people=Count("attendees__user", filter=present, distinct=True),
    )


def in_their_order(people: AttendeeQuerySet) -> AttendeeQuerySet:
    """Places, then the waiting list with everybody's ``position`` on it, then the others."""
    turn = Window(RowNumber(), partition_by="gathering", order_by="waiting")
    waits = When(waiting__isnull=False, then=turn)
    ordered = people.annotate(position=Case(waits, output_field=IntegerField()))
    return ordered.order_by(F("place").asc(nulls_last=True), "waiting", "pk")


def position_of(attendee: Attendee) -> int | None:
    """How many stand before somebody on the waiting list, and one; None for who does not wait.

    The numbers of the list have gaps, once somebody moved up.
    """
    if attendee.waiting is None:
        return None
    before = Attendee.objects.filter(gathering=attendee.gathering_id, waiting__lte=attendee.waiting)
    return before.count()
