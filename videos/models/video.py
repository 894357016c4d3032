from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.enums import Role
from core.models import Job
from organisations.enums import Level
from programmes.models import Programme
from videos.enums import VideoState
from videos.errors import FAILURES
from videos.models.study import StudyUnit

if TYPE_CHECKING:
    from videos.models.rendition import Rendition


def original_path(video: "Video", name: str) -> str:
    """A name of our own: what somebody called the file never reaches the disk."""
    return f"videos/originals/{timezone.localdate():%Y/%m}/{uuid4().hex}{video.safe_suffix(name)}"


def captions_path(video: "Video", name: str) -> str:
    return f"videos/captions/{uuid4().hex}.vtt"


SUFFIXES = {".mp4", ".m4v", ".mov", ".mkv", ".webm"}
EDITING_ROLES = (Role.EDITOR, Role.PROJECT_OFFICER, Role.ADMINISTRATOR)


class VideoQuerySet(models.QuerySet["Video"]):
    def visible_to(self, user) -> "VideoQuerySet":
        """Course material for the province's editors, project officers and administrators.

        Those who study one see it through their course page and a signed address, never
        through a list. What is held against a year's profile is a lesson with pupils in it: it is
        found by whoever the lesson is open to, and by nobody here.
        """
        edits = any(
            appointment.role in EDITING_ROLES and appointment.organisation.level == Level.PROVINCE
            for appointment in user.current_appointments
        )
        return self.filter(programme=None) if edits else self.none()


class Video(models.Model):
    """An original recording, kept unaltered, with what probing found in it.

    Another file is another video that ``replaces`` this one; neither is ever altered.
    ``programme`` is the year whose recording profile it is held against, None for course
    material. ``facts`` is what the probe saw in the original and ``findings`` what follows from
    it, as codes and numbers: they are said in the reader's language. ``preparing`` is the
    latest job that makes its renditions. Why it failed is kept as a code of ``FAILURES`` with
    its parameters; ``failure`` is a sentence of the time before that.
    """

    unit = models.OneToOneField(StudyUnit, models.PROTECT, null=True, related_name="video")
    title = models.CharField(max_length=200)
    original = models.FileField(upload_to=original_path)
    original_name = models.CharField(max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=VideoState, default=VideoState.RECEIVED)
    failure = models.CharField(max_length=300, blank=True)
    failure_code = models.CharField(max_length=20, blank=True, db_default="")
    failure_parameters = models.JSONField(default=dict, blank=True, db_default={})
    duration_seconds = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    captions = models.FileField(upload_to=captions_path, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(null=True)
    findings = models.JSONField(default=list, db_default=[])
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    preparing = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = VideoQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-added_at"], name="video_newest")]
        constraints = [
            models.CheckConstraint(
                name="video_ready_has_unit",
                condition=~models.Q(state=VideoState.READY) | models.Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="video_replaces_another", condition=~models.Q(replaces=models.F("pk"))
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="original_never_altered", fields=["original", "sha256", "size_bytes"]
            )
        ]

    def __str__(self):
        return self.title

    @property
    def why_failed(self) -> str:
        """Why the recording cannot be played, in the reader's language; "" when it did not fail."""
        kind = FAILURES.get(self.failure_code)
        return str(kind(**self.failure_parameters)) if kind else self.failure

    @staticmethod
    def safe_suffix(name: str) -> str:
        """The ending of ``name`` if it is one of a recording, for people who look at the disk."""
        suffix = PurePath(name).suffix.lower()
        return suffix if suffix in SUFFIXES else ".bin"

    def rendition(self, kind: str) -> "Rendition | None":
        """The file of ``kind``; reads all once."""
        return next((made for made in self.renditions.all() if made.kind == kind), None)
