"""What is on offer: hours per topic and stage, and the courses a teacher may choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from courses.models import Course, TopicChoice
from organisations.enums import Level, SchoolKind
from organisations.models import Organisation
from programmes.domain.rulepack import RulePack, Topic
from programmes.enums import Category, EnrolmentState, Stage
from programmes.models import Enrolment, Programme


@dataclass(frozen=True)
class TopicOffer:
    """A topic with what is on offer in it for one stage. Units: class hours."""

    topic: Topic
    courses: int
    class_hours: Decimal


@dataclass(frozen=True)
class StageSupply:
    """The electives on offer for a stage beside what the year promises (R14, R15)."""

    stage: Stage
    topics: list[TopicOffer]
    promised: int

    @property
    def class_hours(self) -> Decimal:
        return sum((offer.class_hours for offer in self.topics), Decimal(0))

    def offer_of(self, topic: Topic) -> TopicOffer | None:
        """What the stage finds in ``topic``; None when the topic is not for it."""
        return next((offer for offer in self.topics if offer.topic == topic), None)

    @property
    def missing(self) -> Decimal:
        return max(Decimal(0), self.promised - self.class_hours)


def offers_by_topic(stage: str, pack: RulePack) -> list[TopicOffer]:
    """Every topic of ``stage`` with its open courses. One query."""
    courses = Course.objects.open().filter(Q(stages=[]) | Q(stages__contains=[stage]))
    rows = (
        courses.filter(category=Category.ELECTIVE)
        .values("topic")
        .annotate(courses=Count("pk"), hours=Sum("class_hours"))
    )
    found = {row["topic"]: row for row in rows}
    return [
        TopicOffer(
            topic,
            found[topic.key]["courses"] if topic.key in found else 0,
            found[topic.key]["hours"] if topic.key in found else Decimal(0),
        )
        for topic in pack.topics_of(stage)
    ]


def supply(pack: RulePack) -> list[StageSupply]:
    """The supply of every stage that the year promises hours to."""
    return [
        StageSupply(stage, offers_by_topic(stage, pack), pack.elective_supply_hours[stage])
        for stage in Stage
        if stage in pack.elective_supply_hours
    ]


def stages_of_school(school: Organisation, programme: Programme) -> list[Stage]:
    """The stages for which a school's topics must offer enough.

    Those its people are enrolled for; as long as nobody is, what its kind teaches.
    """
    taught = (
        Enrolment.objects.filter(programme=programme, school=school)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .values_list("stage", flat=True)
        .distinct()
    )
    if present := set(taught):
        return [stage for stage in Stage if stage in present]
    if school.kind == SchoolKind.KINDERGARTEN:
        return [Stage.KINDERGARTEN]
    return [Stage.SENIOR, Stage.JUNIOR, Stage.PRIMARY]


def topics_of_school(school_id: int, programme: Programme) -> QuerySet[TopicChoice]:
    """The topics that the school chose."""
    return TopicChoice.objects.filter(programme=programme, school_id=school_id)


def electives_for(enrolment: Enrolment, topics: Iterable[str], pack: RulePack) -> QuerySet[Course]:
    """The open courses of ``topics`` for the enrolment's stage and subject.

    A topic that the year does not offer to the stage is left out: in a school with a
    kindergarten the school's topics are not everybody's.
    """
    offered = {topic.key for topic in pack.topics_of(enrolment.stage)}
    courses = Course.objects.open().elective(offered.intersection(topics))
    return courses.meant_for(enrolment.stage, enrolment.subject).order_by("topic", "title")


def schools_with_topics(scope: Q, programme: Programme) -> QuerySet[Organisation]:
    """Schools of ``scope``, those without topics first, each with the number of its topics."""
    chosen = Count("topic_choices", filter=Q(topic_choices__programme=programme))
    schools = Organisation.objects.filter(scope, level=Level.SCHOOL, valid_to=None)
    return schools.annotate(topics=chosen).order_by("topics", "name", "pk")


def short_courses(pack: RulePack) -> list[Course]:
    """Open courses whose modules take less time than their class hours say.

    Each carries ``study_minutes``. Units: minutes; a class hour is ``class_hour_minutes``.
    """
    seconds = Sum("modules__unit__length_seconds", filter=Q(modules__is_open=True))
    courses = Course.objects.open().annotate(study_seconds=seconds).order_by("title")
    short: list[Course] = []
    course: Any
    for course in courses:
        course.study_minutes = (course.study_seconds or 0) // 60
        course.needed_minutes = int(course.class_hours * pack.class_hour_minutes)
        if course.study_minutes < course.needed_minutes:
            short.append(course)
    return short
