from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.enums import Role
from lessons.enums import Curriculum, LessonState, TeamRole
from lessons.models.curriculum import CurriculumNode
from organisations.models import Organisation
from programmes.enums import Stage
from programmes.models import Programme
from videos.models import Video

if TYPE_CHECKING:
    from accounts.models import User

UNSEEN_STATES = (LessonState.DRAFT, LessonState.WITHDRAWN)
DESK_READERS = (Role.PRINCIPAL, Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.AUDITOR)


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User) -> LessonQuerySet:
        """Whose page the user may open.

        One's own and one's team's; those one was named a viewer of, oneself or as one's
        school; those given to one to review where the year tells reviewers whose lesson it
        is; of the schools in one's scope all but drafts,
        of one's own school as principal drafts too; and what is open to the public. A draft,
        a withdrawn or a barred lesson is open to its own people and the desks alone.
        """
        return self.filter(_open_to(user))

    def watchable_by(self, user: User) -> LessonQuerySet:
        """Whose recording the user may watch: beside those of ``visible_to`` what was given to
        one to review without the author's name, of which one sees no page."""
        if not user.is_authenticated:
            return self.visible_to(user)
        given = _among(outstanding__assignments__user=user)
        return self.filter(_open_to(user) | _standing() & given)

    def at_desk(self, user: User) -> LessonQuerySet:
        """Those that the user's offices cover: the lists of schools, counties and above."""
        return self.filter(_at_desk(user))


def _standing() -> Q:
    """Neither a draft nor withdrawn nor barred."""
    return ~Q(state__in=UNSEEN_STATES) & Q(barred_at=None)


def _open_to(user: User) -> Q:
    """What ``visible_to`` says."""
    if not user.is_authenticated:
        return _standing() & released()
    mine = Q(teacher=user) | Q(created_by=user) | _among(members__user=user)
    known = _among(
        outstanding__assignments__user=user,
        outstanding__assignments__draw__programme__rule_pack__review__author_shown=True,
    )
    return mine | _at_desk(user) | _standing() & (released() | named_viewer(user) | known)


def _at_desk(user: User) -> Q:
    reach = user.scope("school", *DESK_READERS) & ~Q(state=LessonState.DRAFT)
    return reach | user.scope("school", Role.PRINCIPAL)


def _among(**condition: object) -> Q:
    """The lessons that fulfil it, as keys: each such set is small and found by its own index."""
    return Q(pk__in=Lesson.objects.filter(**condition).order_by().values("pk"))


def released() -> Q:
    """Lessons that a standing release opens to everybody."""
    return _among(releases__approved_at__isnull=False, releases__withdrawn_at=None)


def named_viewer(user: User) -> Q:
    """Lessons that the person, or everybody of the person's school, was named a viewer of."""
    viewers = _among(viewers__user=user, viewers__ended_at=None)
    if user.school_id:
        school = {"viewers__organisation": user.school_id, "viewers__ended_at": None}
        viewers |= _among(**school)
    return viewers


class Lesson(models.Model):
    """A lesson that somebody gave to a real class, with its recording and materials.

    ``school`` is the school at which it was given. ``node`` is its place in the curriculum;
    local and school-based lessons may have none. ``revision`` grows with every save of the
    form, so that two windows do not overwrite each other. The statements are what R56 and
    R57 ask the teacher to say; they are said once, at ``stated_at``. ``barred_at`` is when a
    report was upheld: from then on the lesson counts nowhere.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="lessons")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lessons")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="lessons")
    stage = models.CharField(max_length=12, choices=Stage)
    subject = models.CharField(max_length=30)
    curriculum = models.CharField(max_length=12, choices=Curriculum, default=Curriculum.NATIONAL)
    node = models.ForeignKey(CurriculumNode, models.PROTECT, null=True, related_name="lessons")
    title = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    class_name = models.CharField(max_length=40, blank=True)
    taught_on = models.DateField(null=True)
    period = models.PositiveSmallIntegerField(null=True)
    states_timetable = models.BooleanField(default=False)
    states_genuine = models.BooleanField(default=False)
    states_pupils = models.BooleanField(default=False)
    stated_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=LessonState, default=LessonState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    moved_at = models.DateTimeField(null=True)
    barred_at = models.DateTimeField(null=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lesson_one_chosen_per_teacher_and_programme",
                fields=["teacher", "programme"],
                condition=Q(state=LessonState.CHOSEN),
            ),
            models.CheckConstraint(
                name="lesson_proposed_with_statements",
                condition=~Q(state__in=[LessonState.PROPOSED, LessonState.CHOSEN])
                | Q(
                    states_timetable=True,
                    states_genuine=True,
                    states_pupils=True,
                    stated_at__isnull=False,
                    taught_on__isnull=False,
                    period__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="lesson_period_of_a_school_day",
                condition=Q(period=None) | Q(period__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="lesson_chosen_of_national_curriculum_has_a_place",
                condition=~Q(state=LessonState.CHOSEN, curriculum=Curriculum.NATIONAL)
                | Q(node__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["school", "programme", "state"], name="lesson_school_state"),
            models.Index(fields=["programme", "stage", "subject", "state"], name="lesson_subject"),
        ]

    def __str__(self):
        return self.title


class LessonMember(models.Model):
    """Somebody who worked on the lesson beside its main teacher (A14)."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=TeamRole, default=TeamRole.CO_TEACHER)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lesson_member_once", fields=["lesson", "user"])
        ]

    def __str__(self):
        return f"{self.lesson_id} {self.user_id}"


class LessonRecording(models.Model):
    """The lesson's recording, in its ``number``th version. The newest counts; all are kept."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="recordings")
    number = models.PositiveSmallIntegerField()
    video = models.OneToOneField(Video, models.PROTECT, related_name="lesson_recording")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lesson_recording_once", fields=["lesson", "number"])
        ]
        ordering = ["-number"]

    def __str__(self):
        return f"{self.lesson_id}.{self.number}"


class Material(models.Model):
    """A file that belongs to the lesson; ``kind`` is a key of the rule pack's materials.

    A replaced file stays, with ``replaced_at``. ``text`` is what could be read out of a plan
    and ``sketch`` its bottom-k sketch, by which near copies are found (R56).
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=20)
    file = models.FileField(upload_to="lessons/materials/%Y/%m/", max_length=200)
    name = models.CharField(max_length=150)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    sketch = ArrayField(models.BigIntegerField(), default=list, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="material_one_of_a_kind",
                fields=["lesson", "kind"],
                condition=Q(replaced_at=None),
            )
        ]
        indexes = [GinIndex(fields=["sketch"], name="material_sketch")]

    def __str__(self):
        return self.name
