"""Who may ask for what in a workshop. What may happen is in ``workshops.domain``."""

from __future__ import annotations

from typing import Any

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from workshops.enums import HOST_KINDS, ThreadKind, WorkshopKind
from workshops.models import (
    Assessment,
    Correction,
    DutyCover,
    DutyShift,
    DutySwap,
    Host,
    Post,
    Thread,
    Workshop,
)
from workshops.models.workshop import READERS
from workshops.queries.standing import Standing

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


def can_read_talk(user: User, workshop: Workshop, standing: Standing) -> bool:
    """``can_open`` for who has asked for the standing already: no further query."""
    return standing.member or standing.host or user.serves(READERS, workshop.organisation)


def can_write(workshop: Workshop, standing: Standing) -> bool:
    """Start threads and reply: the people of an open workshop."""
    return workshop.is_open and (standing.member or standing.host)


def can_moderate(user: User, workshop: Workshop, standing: Standing) -> bool:
    """Pin, close, move, hide: this workshop's hosts and its own office, nobody else's."""
    return standing.host or can_keep_office(user, workshop.organisation)


def can_start(workshop: Workshop, standing: Standing, kind: str) -> bool:
    """Members ask, start topics and share; guides, announcements and bulletins are the hosts'."""
    return can_write(workshop, standing) and (standing.host or kind not in HOST_KINDS)


def can_mark_answered(user: User, thread: Thread, standing: Standing) -> bool:
    """The asker or a host says that a question is answered."""
    return can_write(thread.workshop, standing) and (standing.host or thread.author_id == user.pk)


def can_adopt(user: User, thread: Thread, standing: Standing) -> bool:
    """Who began a joint inquiry, or a host, says what came out of it."""
    return thread.kind == ThreadKind.INQUIRY and can_mark_answered(user, thread, standing)


def can_report(user: User, post: Post) -> bool:
    """Whoever reads a post may report it, unless it is the own one or hidden already."""
    return post.author_id != user.pk and post.hidden_at is None


def can_rule(user: Any, workshop: Workshop) -> bool:
    """Appeals are decided one level up: by the officers above the workshop's organisation.

    Above the province there is nobody; there its own officers decide.
    """
    place = workshop.organisation
    above = place if place.parent_id is None else place.parent
    return user.is_authenticated and user.serves(OFFICERS, above)


def can_edit(user: User, post: Post, standing: Standing) -> bool:
    """One's own posts alone; a host hides, and never rewrites."""
    return post.author_id == user.pk and can_write(post.thread.workshop, standing)


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


def can_keep_rules(user: Any) -> bool:
    """The platform's word list is the province's: its project officers and administrators."""
    place = places_of(user) if user.is_authenticated else None
    return place is not None and place.level == Level.PROVINCE


def can_plan_duty(user: User, workshop: Workshop) -> bool:
    """Say when a workshop is on duty and plan its rota: its hosts and its own office."""
    return can_run(user, workshop)


def can_serve(user: User, shift: DutyShift) -> bool:
    """Check in, offer, ask for cover: who has the shift."""
    return shift.user_id == user.pk


def can_answer_swap(user: User, swap: DutySwap) -> bool:
    """Accept or refuse: the colleague to whom the shift is offered."""
    return swap.to_id == user.pk


def can_withdraw_swap(user: User, swap: DutySwap) -> bool:
    return swap.offered_by_id == user.pk


def can_take_cover(user: User, cover: DutyCover) -> bool:
    """Whoever hosts the family, but the one who asks."""
    return cover.asked_by_id != user.pk and hosts(user, cover.shift.workshop)


def can_withdraw_cover(user: User, cover: DutyCover) -> bool:
    return cover.asked_by_id == user.pk


def can_see_activity(user: Any, unit: Organisation) -> bool:
    """Officers and auditors of a unit and above; a school's principal the own school's numbers."""
    roles = (*READERS, Role.PRINCIPAL) if unit.level == Level.SCHOOL else READERS
    return user.is_authenticated and user.serves(roles, unit)


def can_export_activity(user: Any, unit: Organisation) -> bool:
    """Officers take the figures of a unit above the schools out to Excel."""
    return unit.level < Level.SCHOOL and user.is_authenticated and user.serves(OFFICERS, unit)


def activity_unit_of(user: Any) -> Organisation | None:
    """The highest unit whose activity the user sees; None for everybody else."""
    held = [
        one.organisation
        for one in user.current_appointments
        if can_see_activity(user, one.organisation)
    ]
    return min(held, key=lambda unit: (unit.level, unit.pk), default=None)


def can_write_plan(user: User, workshop: Workshop) -> bool:
    """The guidance plan is its hosts' own; everybody of the workshop reads it."""
    return workshop.is_open and hosts(user, workshop)


def can_assess(user: Any, organisation: Organisation) -> bool:
    """Write the formula, assess and decide: the officers of the unit or of one above it."""
    return can_place(user, organisation)


def can_read_assessment(user: Any, assessment: Assessment) -> bool:
    """Its ranking list: officers and auditors of the unit and above, nobody among the hosts."""
    return user.is_authenticated and user.serves(READERS, assessment.organisation)


def can_rule_correction(user: Any, correction: Correction) -> bool:
    """The unit's office on corrections, the officers one level up on appeals; never on one's own.

    Above the province there is nobody; there its own officers decide.
    """
    if not user.is_authenticated or correction.user_id == user.pk:
        return False
    unit = correction.result.assessment.organisation
    if correction.is_appeal and unit.parent_id is not None:
        unit = unit.parent
    return user.serves(OFFICERS, unit)


def has_hosted(user: Any) -> bool:
    """Whether there is a service record to show: any term, whatever became of it."""
    return Host.objects.filter(user=user).exists()
