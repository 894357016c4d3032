"""When a teacher may see what would have been right."""

from __future__ import annotations

from django.utils import timezone

from courses.models import Attempt, AttemptState, FurtherAttemptState
from courses.queries.further import further_attempts_at
from courses.queries.windows import study_windows
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import enrolment_of


def may_see_answers(attempt: Attempt) -> bool:
    """What was right is shown once it can no longer be copied into a further attempt.

    That is after a pass; and after the last failed attempt when a further one was refused, or
    when nobody asked for one and the study window is over. Only this last case asks the
    database.
    """
    if attempt.state != AttemptState.FAILED:
        return attempt.state == AttemptState.PASSED
    if attempt.number < rule_pack_of(attempt.programme).test_attempts:
        return False
    asked = further_attempts_at(attempt.course, attempt.user, attempt.programme)
    following = [one for one in asked if one.number > attempt.number]
    if following:
        return following[-1].state == FurtherAttemptState.REFUSED
    enrolment = enrolment_of(attempt.user, attempt.programme)
    if enrolment is None:
        return True
    windows = study_windows(attempt.programme, enrolment.school)
    return windows[attempt.course.category].is_over(timezone.now())
