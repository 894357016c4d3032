from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.kept_refusals import told
from core.models import Job
from organisations.models import Organisation
from videos.enums import UploadState
from videos.models.video import Video

SHA256 = r"^[0-9a-f]{64}$"


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user) -> "UploadQuerySet":
        """One's own, and nobody else's: not even an administrator touches a half-sent file."""
        return self.filter(owner_id=user.pk)

    def under_way(self) -> "UploadQuerySet":
        """Not yet used and not given up: their files are kept."""
        return self.filter(state__in=UploadState.under_way())


class Upload(models.Model):
    """A file on its way in, piece by piece, and afterwards the note of where it went.

    How much of it has arrived is the length of its file on the disk and stands nowhere else,
    so a process that is killed between writing bytes and noting them can contradict nothing.
    ``purpose`` and ``context`` are the words of whoever asked for the file: what it will be,
    and of which thing. ``fingerprint`` is the browser's mark of the file, by which the same
    file is known again after days. ``school`` is where the owner worked at the beginning.
    ``reason`` and ``refusal`` say why it ended, as those of a job do: show ``why``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads")
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=40)
    context = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=300, blank=True)
    length = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.OPEN)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    refusal = models.JSONField(default=dict, blank=True, db_default={})
    finishing = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    video = models.OneToOneField(Video, models.SET_NULL, null=True, related_name="upload")
    stored_name = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="upload_of_owner"),
            models.Index(fields=["school", "state"], name="upload_of_school"),
            models.Index(
                fields=["expires_at"],
                name="upload_under_way",
                condition=Q(state__in=["open", "received", "finished"]),
            ),
            models.Index(
                fields=["closed_at"],
                name="upload_to_be_stored",
                condition=Q(state="taken", stored_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="upload_has_length", condition=Q(length__gt=0)),
            models.CheckConstraint(
                name="upload_digest_when_finished",
                condition=Q(sha256__regex=SHA256)
                | (Q(sha256="") & ~Q(state__in=["finished", "taken"])),
            ),
            models.CheckConstraint(
                name="upload_taken_means_placed",
                condition=Q(state="taken", closed_at__isnull=False) & ~Q(stored_name="")
                | ~Q(state="taken") & Q(stored_name="", stored_at=None, video=None),
            ),
            models.CheckConstraint(
                name="upload_closed_when_over",
                condition=Q(state__in=["open", "received", "finished"], closed_at=None)
                | Q(state__in=["taken", "expired", "ended"], closed_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="upload_one_per_stored_name",
                fields=["stored_name"],
                condition=~Q(stored_name=""),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def why(self) -> str:
        """Why the file was given up, in the reader's language; "" without a reason."""
        return told(self.refusal, self.reason)
