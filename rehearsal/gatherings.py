"""Hosts are trained, workshops meet on the spot, the national training's order is issued."""

from datetime import timedelta

from django.utils import timezone

from organisations.enums import Level
from organisations.models import Organisation
from workshops.domain.gatherings.announcing import Plan, announce_seminar, announce_training
from workshops.domain.gatherings.coming import sign_up
from workshops.domain.gatherings.presence import mark_list
from workshops.domain.gatherings.priority import issue_list
from workshops.models import Gathering, Meeting, Membership, Workshop

SEMINARS, PLACES = 20, 30


def train_hosts(year) -> int:
    """One training invites every host; they answer, and the office keeps one list of all.

    Returns: persons entered.
    """
    province = Organisation.objects.get(level=Level.PROVINCE)
    made = announce_training(year.programme, province, _plan("工作坊主持人培训"), by=year.officer)
    for attendee in made.attendees.select_related("user"):
        sign_up(made, user=attendee.user)
    _now(made)
    told = dict.fromkeys(made.attendees.values_list("pk", flat=True), "present")
    return mark_list(made.meetings.get(), told, by=year.officer)


def meet_on_the_spot(year) -> int:
    """Some workshops hold a seminar that more want to come to than there are places.

    Returns: persons who signed up, with places and without.
    """
    people = 0
    rooms = Workshop.objects.with_place().filter(programme=year.programme, taken__gt=0)
    for room in rooms.order_by("pk")[:SEMINARS]:
        made = announce_seminar(room, _plan("线下研讨", PLACES), by=year.officer)
        seats = Membership.objects.current().filter(workshop=room).select_related("teacher")
        for held in seats.order_by("seat")[: PLACES + 5]:
            sign_up(made, user=held.teacher)
            people += 1
        _now(made)
        coming = made.attendees.coming().values_list("pk", flat=True)
        mark_list(made.meetings.get(), dict.fromkeys(coming, "present"), by=year.officer)
    return people


def order_hosts(year) -> int:
    """Returns: hosts on the list."""
    province = Organisation.objects.get(level=Level.PROVINCE)
    return issue_list(year.programme, province, by=year.officer).lines.count()


def _plan(title: str, capacity: int | None = None) -> Plan:
    begins_at = timezone.now() + timedelta(days=1)
    ends_at = begins_at + timedelta(hours=3)
    return Plan(title, "报告厅", begins_at, ends_at, capacity=capacity)


def _now(gathering: Gathering) -> None:
    now = timezone.now()
    times = {"begins_at": now, "ends_at": now + timedelta(hours=3)}
    Meeting.objects.filter(gathering=gathering).update(**times)


STAGES = (
    ("host_training", train_hosts),
    ("seminars_one_by_one", meet_on_the_spot),
    ("priority_list", order_hosts),
)
