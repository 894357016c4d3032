from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    """What a study unit is; both earn by the same single clock."""

    VIDEO = "video", _("video")
    READING = "reading", _("reading")


class MediaKind(models.TextChoices):
    """What an address may lead to."""

    RENDITION = "r", "rendition"
    CAPTIONS = "c", "captions"
    ORIGINAL = "o", "original"


class Severity(models.TextChoices):
    """What a finding asks of the person who added the recording, the most urgent first."""

    ACT = "act", _("for you to do")
    REPAIRED = "repaired", _("repaired")
    FINE = "fine", _("fine")


class VideoState(models.TextChoices):
    RECEIVED = "received", _("received")
    PROCESSING = "processing", _("being prepared")
    READY = "ready", pgettext_lazy("video", "ready")
    FAILED = "failed", _("failed")


class UploadState(models.TextChoices):
    """Open until all bytes are here, received until their digest is known, finished until used."""

    OPEN = "open", _("unfinished")
    RECEIVED = "received", _("being checked")
    FINISHED = "finished", _("complete")
    TAKEN = "taken", _("used")
    EXPIRED = "expired", _("expired")
    ENDED = "ended", _("ended")

    @classmethod
    def under_way(cls) -> list["UploadState"]:
        return [cls.OPEN, cls.RECEIVED, cls.FINISHED]


NEXT_UPLOAD_STATES = {
    UploadState.OPEN: {UploadState.RECEIVED, UploadState.EXPIRED, UploadState.ENDED},
    UploadState.RECEIVED: {UploadState.FINISHED, UploadState.EXPIRED, UploadState.ENDED},
    UploadState.FINISHED: {UploadState.TAKEN, UploadState.EXPIRED, UploadState.ENDED},
    UploadState.TAKEN: set(),
    UploadState.EXPIRED: set(),
    UploadState.ENDED: set(),
}
