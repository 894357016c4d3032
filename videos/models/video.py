from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.enums import Role
from core.models import Job
from organisations.enums import Level
from videos.enums import VideoState
from videos.models.study import StudyUnit


def original_path(video: "Video", name: str) -> str:
    """A name of our own: what somebody called the file never reaches the disk."""
    return f"videos/originals/{timezone.localdate():%Y/%m}/{uuid4().hex}{video.safe_suffix(name)}"


def captions_path(video: "Video", name: str) -> str:
    return f"videos/captions/{uuid4().hex}.vtt"


SUFFIXES = {".mp4", ".m4v", ".mov", ".mkv", ".webm"}
EDITING_ROLES = (Role.EDITOR, Role.PROJECT_OFFICER, Role.ADMINISTRATOR)


class VideoQuerySet(models.QuerySet["Video"]):
    def visible_to(self, user) -> "VideoQuerySet":
        """All for the province's editors, project officers and administrators; else none.

        Videos are the province's course material. Those who study one see it through their
        course page and a signed address, never through a list.
        """
        edits = any(
            appointment.role in EDITING_ROLES and appointment.organisation.level == Level.PROVINCE
            for appointment in user.current_appointments
        )
        return self if edits else self.none()


class Video(models.Model):
    """An original recording, kept unaltered, with what probing found in it.

    ``preparing`` is the latest job that makes its renditions.
    """

    unit = models.OneToOneField(StudyUnit, models.PROTECT, null=True, related_name="video")
    title = models.CharField(max_length=200)
    original = models.FileField(upload_to=original_path)
    original_name = models.CharField(max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=VideoState, default=VideoState.RECEIVED)
    failure = models.CharField(max_length=300, blank=True)
    duration_seconds = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    captions = models.FileField(upload_to=captions_path, blank=True)
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
            )
        ]

    def __str__(self):
        return self.title

    @staticmethod
    def safe_suffix(name: str) -> str:
        """The ending of ``name`` if it is one of a recording, for people who look at the disk."""
        suffix = PurePath(name).suffix.lower()
        return suffix if suffix in SUFFIXES else ".bin"

    def rendition(self, kind: str) -> "Rendition | None":
        """The file of ``kind``; reads all once."""
        return next((made for made in self.renditions.all() if made.kind == kind), None)


class Rendition(models.Model):
    """A file made from the original: the playable MP4 or its poster."""

    class Kind(models.TextChoices):
        MP4 = "mp4", "MP4"
        POSTER = "poster", "poster"

    video = models.ForeignKey(Video, models.CASCADE, related_name="renditions")
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.FileField(upload_to="videos/renditions/", max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rendition_once_per_kind", fields=["video", "kind"])
        ]

    def __str__(self):
        return f"{self.video_id} {self.kind}"
