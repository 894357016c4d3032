"""The teacher's choice of electives inside the school's topics (R16, A7)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain.audit import record_act
from core.errors import DomainError
from courses.models import Course, CourseChoice, TopicChoice
from courses.queries.offer import electives_for
from courses.queries.started import has_started
from programmes.domain.phases import require_open
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.models import Enrolment


class NotEnrolled(DomainError):
    message = _("Your enrolment has not been approved yet; ask your school about it.")


class CourseNotOnOffer(DomainError):
    message = _("This course is not on offer for your stage and subject; choose from the list.")


class TopicNotChosen(DomainError):
    message = _("Your school did not choose the topic of this course; choose from the list.")


class CourseStarted(DomainError):
    message = _("You have already started “%(course)s”, so it stays among your courses.")


@transaction.atomic
def choose_course(enrolment: Enrolment, course: Course, *, by: User) -> CourseChoice:
    """Put ``course`` among the electives of ``enrolment``. Safe to repeat.

    The enrolment's row stays locked, so two clicks make one choice; the school's topic stays
    locked, so it cannot be taken away meanwhile.

    Raises: NotEnrolled; PhaseClosed before the window opens; CourseNotOnOffer;
    TopicNotChosen.
    Source: R16.
    """
    enrolment = _locked(enrolment)
    require_open(enrolment.programme, PhaseKey.COURSE_SELECTION, enrolment.school)
    if held := CourseChoice.objects.filter(enrolment=enrolment, course=course).first():
        return held
    pack = rule_pack_of(enrolment.programme)
    if not electives_for(enrolment, [course.topic], pack).filter(pk=course.pk).exists():
        raise CourseNotOnOffer
    topics = TopicChoice.objects.select_for_update(no_key=True)
    topic = topics.filter(
        programme_id=enrolment.programme_id, school_id=enrolment.school_id, topic=course.topic
    ).first()
    if topic is None:
        raise TopicNotChosen
    choice = CourseChoice.objects.create(
        enrolment=enrolment, course=course, topic_choice=topic, topic=course.topic
    )
    record_act("courses.choose_course", choice, by=by, to_state=course.code)
    return choice


@transaction.atomic
def drop_course(enrolment: Enrolment, course: Course, *, by: User) -> None:
    """Take ``course`` back out of the electives. Safe to repeat.

    Raises: CourseStarted as soon as anything of it was studied, answered or written (A7).
    """
    enrolment = _locked(enrolment)
    held = CourseChoice.objects.filter(enrolment=enrolment, course=course).first()
    if held is None:
        return
    if has_started(enrolment, course):
        raise CourseStarted(course=course.title)
    record_act("courses.drop_course", held, by=by, from_state=course.code)
    held.delete()


def _locked(enrolment: Enrolment) -> Enrolment:
    locked = Enrolment.objects.select_for_update(no_key=True, of=("self",))
    enrolment = locked.select_related("programme", "school").get(pk=enrolment.pk)
    if enrolment.state != EnrolmentState.APPROVED:
        raise NotEnrolled
    return enrolment
