from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from organisations.models import Organisation
from programmes.enums import Stage
from programmes.models import Programme
from workshops.enums.gatherings import LessonCallState
from workshops.models.host import Host
from workshops.models.workshop import READERS, Workshop
from workshops.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

SCHOOL_READERS = (Role.PRINCIPAL, *READERS)


class LessonCallQuerySet(models.QuerySet["LessonCall"]):
    def visible_to(self, user: User) -> LessonCallQuerySet:
        """One's own, those of an officer's schools, those put to workshops that one hosts."""
        hosted = Host.objects.current().filter(user=user).values("workshop")
        asked = Q(asked_by=user) | Q(host=user) | Q(workshop__in=hosted)
        return self.filter(asked | user.scope("school", *SCHOOL_READERS))


class LessonCall(models.Model):
    """A school asks the hosts of its county for guidance on a lesson that it prepares.

    The lesson is named by ``title`` and, when it stands on the platform already, by the key
    ``lesson``: a value, for lessons are another app's. Hosts see what the school attaches. The
    call is put to ``workshop``, the nearest above the school that has a host today. ``token``
    makes a form that is sent twice one call.

    Source: R40.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    title = models.CharField(max_length=TITLE_LENGTH)
    lesson = models.BigIntegerField(null=True)
    question = models.TextField()
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="lesson_calls")
    state = models.CharField(max_length=10, choices=LessonCallState, default=LessonCallState.ASKED)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="accepted_lesson_calls"
    )
    visit_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    token = models.UUIDField(default=uuid4)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lesson_calls"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = LessonCallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lesson_call_once_per_form", fields=["asked_by", "token"]),
            models.CheckConstraint(
                name="lesson_call_accepted_by_a_host",
                condition=Q(state=LessonCallState.ASKED, host=None)
                | Q(state__in=[LessonCallState.ACCEPTED, LessonCallState.DONE], host__isnull=False)
                | Q(state=LessonCallState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="lesson_call_done_with_outcome",
                condition=~Q(state=LessonCallState.DONE) | ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (LessonCallState.ASKED, LessonCallState.ACCEPTED)


class LessonCallWord(models.Model):
    """What the school or the host writes under a call."""

    call = models.ForeignKey(LessonCall, models.PROTECT, related_name="words")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    token = models.UUIDField(default=uuid4)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="lesson_call_word_once_per_form", fields=["author", "token"]
            )
        ]

    def __str__(self):
        return f"{self.call_id}/{self.pk}"


class LessonCallFile(models.Model):
    """A plan or a sheet that the school or the host attaches."""

    call = models.ForeignKey(LessonCall, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="lesson-calls/%Y/%m/", max_length=200)
    name = models.CharField(max_length=150)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lesson_call_file_once", fields=["call", "sha256"])
        ]

    def __str__(self):
        return self.name
