"""The upload box of a page: what may be sent there, and what the person has under way."""

from dataclasses import dataclass

from django.utils.text import slugify

from accounts.models import User
from videos.domain import uploads_files as files
from videos.domain.uploads_purposes import page_of, rules_for
from videos.enums import UploadState
from videos.models import Upload


@dataclass(frozen=True)
class WaitingUpload:
    """An upload under way as its owner sees it. Units: bytes."""

    upload: Upload
    arrived: int

    @property
    def share(self) -> str:
        """Whole per cent, rounded down: 100 only when nothing is missing."""
        return f"{self.arrived * 100 // self.upload.length}\u00a0%"

    @property
    def page(self) -> str:
        """Where one goes on with it or uses it."""
        return page_of(self.upload.purpose, self.upload.context)

    @property
    def finished(self) -> bool:
        return self.upload.state == UploadState.FINISHED


@dataclass(frozen=True)
class UploadBox:
    """Everything that ``videos/upload.html`` shows and its script needs."""

    purpose: str
    context: str
    largest_bytes: int
    accept: str
    waiting: list[WaitingUpload]
    others: int

    @property
    def element_id(self) -> str:
        return slugify(f"upload-{self.purpose}-{self.context}".replace(".", "-").replace(":", "-"))

    @property
    def texts_id(self) -> str:
        return f"{self.element_id}-texts"

    @property
    def data(self) -> dict:
        """For the script; ``waiting`` lets it know the same file again after days."""
        return {
            "purpose": self.purpose,
            "context": self.context,
            "largest": self.largest_bytes,
            "waiting": [
                {
                    "id": str(one.upload.pk),
                    "name": one.upload.name,
                    "length": one.upload.length,
                    "fingerprint": one.upload.fingerprint,
                    "state": one.upload.state,
                    "sha256": one.upload.sha256,
                }
                for one in self.waiting
            ],
        }


def upload_box(user: User, purpose: str, context: str = "") -> UploadBox:
    """The box for ``purpose`` and ``context``. One query.

    Raises: UploadNotAllowed.
    """
    rules = rules_for(user, purpose, context)
    mine = waiting_uploads(user)
    here = [one for one in mine if (one.upload.purpose, one.upload.context) == (purpose, context)]
    others = len(mine) - len(here)
    return UploadBox(purpose, context, rules.largest_bytes, rules.accept, here, others)


def waiting_uploads(user: User) -> list[WaitingUpload]:
    """All that ``user`` has under way, newest first. One query."""
    rows = Upload.objects.visible_to(user).under_way().order_by("-created_at")
    return [WaitingUpload(upload, files.size_of(upload.pk) or 0) for upload in rows]
