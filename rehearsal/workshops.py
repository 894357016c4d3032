"""Workshops for everybody: the tree, the placing of the roster, a wave of joins and leaves."""

from django.utils import timezone

from organisations.enums import Level
from organisations.models import Organisation
from workshops.domain.building import build_workshops
from workshops.domain.hosts import appoint_host
from workshops.domain.placing.placements import ask_placement, carry_out, try_placement
from workshops.domain.seats import join_workshop, leave_workshop, move_member
from workshops.models import Membership, Placement, Workshop


def build_tree(year) -> int:
    """The province's workshop of every stage and subject. Returns: workshops."""
    province = Organisation.objects.get(level=Level.PROVINCE)
    return build_workshops(year.programme, province, levels=[Level.PROVINCE], by=year.officer)


def plan_twice(year) -> int:
    """The same roster and seed give the same workshops. Returns: people of the plan.

    Raises: RuntimeError when the two plans differ.
    """
    first, again = _tried(year), _tried(year)
    if first.digest != again.digest:
        raise RuntimeError("Two plans from one seed differ.")
    return first.preview["people"]


def place_all(year) -> int:
    """Everybody approved gets a seat, as the preview said. Returns: people."""
    asked = _tried(year)
    return carry_out(asked.pk, _quiet, by=year.officer)["seated"]


def appoint_sample(year) -> int:
    """One of each sampled person's colleagues becomes host and gives the seat up."""
    appointed = 0
    led = Workshop.objects.filter(programme=year.programme, number=1, taken__gt=0).order_by("pk")
    for workshop in led[: _some(year)]:
        seat = workshop.memberships.current().select_related("teacher").order_by("-seat").first()
        if seat is None:
            continue
        appoint_host(
            workshop,
            seat.teacher,
            qualification="researcher",
            starts_on=timezone.localdate(),
            by=year.officer,
        )
        appointed += 1
    return appointed


def wave(year) -> int:
    """The sample leaves, joins again by the page, and moves on where there is another workshop.

    Returns: seats taken.
    """
    taken = 0
    for enrolment in year.sample():
        held = Membership.objects.current().filter(teacher=enrolment.user).first()
        if held is None:
            continue
        leave_workshop(held, by=enrolment.user)
        main = Workshop.objects.with_place().get(pk=held.workshop.main_id)
        seat = join_workshop(main, teacher=enrolment.user, by=enrolment.user)
        other = Workshop.objects.family(main.pk).exclude(pk=seat.workshop_id).first()
        taken += 1
        if other is not None and other.memberships.current().count() < other.cap:
            move_member(seat, other, by=year.officer)
            taken += 1
    return taken


def _tried(year) -> Placement:
    province = Organisation.objects.get(level=Level.PROVINCE)
    asked = ask_placement(year.programme, province, by=year.officer, seed=str(year.seed))
    try_placement(asked.pk, _quiet)
    asked.refresh_from_db()
    return asked


def _some(year) -> int:
    return len(year.sample())


def _quiet(*_progress) -> None:
    """A run shows rows and seconds per stage instead."""


STAGES = (
    ("workshops", build_tree),
    ("placement_twice", plan_twice),
    ("placement", place_all),
    ("hosts", appoint_sample),
    ("joins_and_leaves", wave),
)
