"""Who may open, run, build and join a workshop."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from workshops.enums.seats import WorkshopKind
from workshops.models import Host, Workshop
from workshops.models.workshop import READERS

OFFICERS = (Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


def can_open(user: Any, workshop: Workshop) -> bool:
    """Whether the workshop's pages are open to the user (see ``visible_to``)."""
    if not user.is_authenticated:
        return False
    if user.serves(READERS, workshop.organisation):
        return True
    return Workshop.objects.visible_to(user).filter(pk=workshop.pk).exists()


def hosts(user: User, workshop: Workshop) -> bool:
    """Whether the user hosts this workshop, or the main one whose sub-workshop it is."""
    here = {workshop.pk, workshop.main_id}
    return Host.objects.current().filter(user=user, workshop__in=here).exists()


def can_run(user: User, workshop: Workshop) -> bool:
    """Open sub-workshops, invite, move members, set the cap: its hosts and its own office."""
    return can_keep_office(user, workshop.organisation) or hosts(user, workshop)


def can_keep_office(user: Any, organisation: Organisation) -> bool:
    """The officers of the workshop's own organisation, or of a unit above it."""
    return user.is_authenticated and user.serves(OFFICERS, organisation)


def can_place(user: Any, organisation: Organisation) -> bool:
    """Build workshops and place people: the officers of the unit or of one above it."""
    return organisation.level < Level.SCHOOL and can_keep_office(user, organisation)


def places_of(user: Any) -> Organisation | None:
    """The highest unit for which the user builds and places; None for everybody else."""
    held = [
        one.organisation
        for one in user.current_appointments
        if one.role in OFFICERS and one.organisation.level < Level.SCHOOL
    ]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)


def can_open_desk(user: Any) -> bool:
    """Officers and auditors of a county or above have the desk of workshops."""
    return user.is_authenticated and any(
        one.role in READERS and one.organisation.level < Level.SCHOOL
        for one in user.current_appointments
    )


def can_join(user: Any, workshop: Workshop, enrolment: Enrolment | None) -> bool:
    """Join by the page: an approved person of this subject or topic from a school in reach.

    ``enrolment`` is the user's own in the workshop's year, with its school.
    """
    if enrolment is None or enrolment.state != EnrolmentState.APPROVED or not workshop.is_open:
        return False
    place, school = workshop.organisation, enrolment.school
    within = school.path.startswith(place.path) or school.acting_county_id == place.pk
    return within and _of_field(enrolment, workshop)


def _of_field(enrolment: Enrolment, workshop: Workshop) -> bool:
    if workshop.kind == WorkshopKind.SUBJECT:
        return (enrolment.stage, enrolment.subject) == (workshop.stage, workshop.subject)
    topic = rule_pack_of(workshop.programme).topic(workshop.topic)
    return topic is not None and enrolment.stage in topic.stages
