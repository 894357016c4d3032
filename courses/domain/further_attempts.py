"""One more attempt for somebody who used them all: asked for by the teacher, decided above.

The enrolment row is locked by whoever counts or changes attempts, so a grant is either seen
whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Appointment, User
from core.domain.audit import record_act
from courses.errors import (
    AlreadyPassed,
    AttemptsLeft,
    DecisionNeedsReason,
    FurtherAttemptDecided,
    FurtherAttemptForOneself,
    FurtherAttemptRefused,
    FurtherAttemptTooLate,
)
from courses.models import (
    FURTHER_NEXT_STATES,
    Attempt,
    AttemptState,
    Course,
    FurtherAttempt,
    FurtherAttemptState,
)
from courses.policy import ATTEMPT_OFFICERS
from courses.queries.further import further_attempts_at
from courses.queries.windows import study_windows
from credits.models.scope import reviewing_unit
from notifications.domain.notify import notify
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Enrolment

if TYPE_CHECKING:
    from programmes.models import Programme


@transaction.atomic
def ask_further_attempt(
    course: Course, *, user: User, programme: Programme, reason: str = ""
) -> FurtherAttempt:
    """Ask the county for one more attempt at the course's test.

    Safe to repeat: whoever has asked already gets the same request.

    Raises: AlreadyPassed, AttemptsLeft, FurtherAttemptRefused, FurtherAttemptTooLate.
    Source: R19, A9.
    """
    rows = Enrolment.objects.select_for_update(no_key=True, of=("self",))
    enrolment = rows.select_related("school").get(programme=programme, user=user)
    used = _used_up(course, enrolment)
    asked = further_attempts_at(course, user, programme)
    if asked and asked[-1].number == used + 1:
        return _repeated(asked[-1])
    granted = sum(one.state == FurtherAttemptState.GRANTED for one in asked)
    if used < rule_pack_of(programme).test_attempts + granted:
        raise AttemptsLeft
    if study_windows(programme, enrolment.school)[course.category].is_over(timezone.now()):
        raise FurtherAttemptTooLate
    further = FurtherAttempt.objects.create(
        enrolment=enrolment,
        course=course,
        number=used + 1,
        asked_by=user,
        reason=reason.strip(),
    )
    record_act(
        "courses.ask_further_attempt", further, by=user, to_state=further.state, why=further.reason
    )
    _tell_office(further, enrolment)
    return further


def _used_up(course: Course, enrolment: Enrolment) -> int:
    """How many attempts were made, all of them in vain."""
    attempts = Attempt.objects.filter(
        course=course, user=enrolment.user_id, programme=enrolment.programme_id
    )
    states = list(attempts.values_list("state", flat=True))
    if AttemptState.PASSED in states:
        raise AlreadyPassed
    if AttemptState.OPEN in states:
        raise AttemptsLeft
    return len(states)


def _repeated(further: FurtherAttempt) -> FurtherAttempt:
    if further.state == FurtherAttemptState.GRANTED:
        raise AttemptsLeft
    if further.state == FurtherAttemptState.REFUSED:
        raise FurtherAttemptRefused
    return further


def grant_further_attempt(further: FurtherAttempt, *, reason: str, by: User) -> FurtherAttempt:
    """Give the attempt that was asked for; a refusal may be taken back this way.

    Raises: DecisionNeedsReason, FurtherAttemptForOneself, FurtherAttemptDecided.
    """
    return _decide(further, FurtherAttemptState.GRANTED, reason=reason, by=by)


def refuse_further_attempt(further: FurtherAttempt, *, reason: str, by: User) -> FurtherAttempt:
    """Give no further attempt, with the reason.

    Raises: DecisionNeedsReason, FurtherAttemptForOneself, FurtherAttemptDecided.
    """
    return _decide(further, FurtherAttemptState.REFUSED, reason=reason, by=by)


@transaction.atomic
def _decide(
    further: FurtherAttempt, state: FurtherAttemptState, *, reason: str, by: User
) -> FurtherAttempt:
    reason = reason.strip()
    if not reason:
        raise DecisionNeedsReason
    if by.pk == further.asked_by_id:
        raise FurtherAttemptForOneself
    Enrolment.objects.select_for_update(no_key=True).get(pk=further.enrolment_id)
    further = FurtherAttempt.objects.select_related("course").get(pk=further.pk)
    if state not in FURTHER_NEXT_STATES[FurtherAttemptState(further.state)]:
        raise FurtherAttemptDecided(state=further.get_state_display())
    before, further.state = further.state, state
    further.decided_by, further.decided_at = by, timezone.now()
    further.decision_reason = reason
    further.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    record_act(
        "courses.move_further_attempt",
        further,
        by=by,
        from_state=before,
        to_state=state,
        why=reason,
    )
    _tell_teacher(further)
    return further


def _tell_office(further: FurtherAttempt, enrolment: Enrolment) -> None:
    unit = reviewing_unit(enrolment.school)
    officers = Appointment.objects.current().filter(organisation=unit, role__in=ATTEMPT_OFFICERS)
    notify(
        officers.exclude(user=further.asked_by_id).values_list("user_id", flat=True),
        "courses.further_attempt_asked",
        {"course": further.course.title},
        reverse("courses:further_attempt", args=[further.pk]),
        key=f"courses.further_attempt_asked:{further.pk}",
    )


def _tell_teacher(further: FurtherAttempt) -> None:
    kind = f"courses.further_attempt_{further.state}"
    notify(
        [further.asked_by_id],
        kind,
        {"course": further.course.title, "reason": further.decision_reason[:200]},
        reverse("courses:test", kwargs={"code": further.course.code}),
        urgent=further.state == FurtherAttemptState.GRANTED,
        key=f"{kind}:{further.pk}",
    )
