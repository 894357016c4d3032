from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from courses.models.course import Course
from organisations.models import Organisation
from programmes.models import Enrolment, Programme

if TYPE_CHECKING:
    from accounts.models import User


CHOICE_READERS = (Role.PRINCIPAL, Role.ADMINISTRATOR, Role.PROJECT_OFFICER)


class TopicChoiceQuerySet(models.QuerySet["TopicChoice"]):
    def visible_to(self, user: User) -> TopicChoiceQuerySet:
        """Those of the user's own school and of every school in the user's scope."""
        return self.filter(Q(school_id=user.school_id) | user.scope("school", *CHOICE_READERS))


class TopicChoice(models.Model):
    """A topic from which a school lets its teachers choose their electives (R16)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="topic_choices")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="topic_choices")
    topic = models.CharField(max_length=40)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)

    objects = TopicChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="topic_choice_once", fields=["programme", "school", "topic"]
            ),
            models.UniqueConstraint(name="topic_choice_with_its_topic", fields=["id", "topic"]),
        ]

    def __str__(self):
        return f"{self.school} · {self.topic}"


class CourseChoiceQuerySet(models.QuerySet["CourseChoice"]):
    def visible_to(self, user: User) -> CourseChoiceQuerySet:
        """The user's own choices and those of every school in the user's scope."""
        return self.filter(
            Q(enrolment__user=user) | user.scope("enrolment__school", *CHOICE_READERS)
        )


class CourseChoice(models.Model):
    """An elective that a teacher chose inside a topic of the school (R16, A7).

    ``topic`` repeats the topic so that two composite foreign keys can hold it together: the
    course is of this topic, and the school chose this very topic. No choice outside the
    school's topics can be written, and no topic with choices can be taken away.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="course_choices")
    course = models.ForeignKey(Course, models.PROTECT, related_name="choices")
    topic_choice = models.ForeignKey(TopicChoice, models.PROTECT, related_name="course_choices")
    topic = models.CharField(max_length=40)
    chosen_at = models.DateTimeField(auto_now_add=True)

    objects = CourseChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="course_choice_once", fields=["enrolment", "course"]),
            models.CheckConstraint(name="course_choice_has_topic", condition=~Q(topic="")),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.course_id}"
