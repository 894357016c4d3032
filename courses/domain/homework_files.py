import hashlib
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.homework import OPEN_STATES
from courses.errors import FileRefused, HomeworkLocked
from courses.models.homework import Submission, SubmissionFile

LARGEST = 20 * 2**20
MOST_FILES = 5
# What a file must begin with, by its ending: a name proves nothing.
MAGIC = {
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".pptx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
}


@transaction.atomic
def add_file(submission: Submission, upload: UploadedFile) -> SubmissionFile:
    """Add a file to the draft.

    Safe to repeat: the same bytes are kept once.

    Units: at most 5 files of 20 MiB.
    Raises: HomeworkLocked, FileRefused.
    """
    held = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    if held.state not in OPEN_STATES:
        raise HomeworkLocked
    digest = checked_digest(upload)
    drafted = held.files.filter(removed_at=None)
    if same := drafted.filter(sha256=digest).first():
        return same
    if drafted.count() >= MOST_FILES:
        raise FileRefused(fault=_("a homework holds at most 5 files; remove one first."))
    return SubmissionFile.objects.create(
        submission=held,
        file=upload,
        name=PurePath(upload.name).name[-150:],
        size_bytes=upload.size,
        sha256=digest,
    )


def checked_digest(upload: UploadedFile) -> str:
    """The file's SHA-256, once its kind, its size and its first bytes are what they should be.

    Raises: FileRefused.
    """
    ending = PurePath(upload.name or "").suffix.lower()
    if ending not in MAGIC:
        raise FileRefused(fault=_("only PDF, Word, PowerPoint, Excel, JPEG and PNG are read."))
    if not upload.size or upload.size > LARGEST:
        raise FileRefused(fault=_("it is empty or larger than 20 MB."))
    digest, first = hashlib.sha256(), b""
    for chunk in upload.chunks():
        first = first or chunk[:16]
        digest.update(chunk)
    if not first.startswith(MAGIC[ending]):
        raise FileRefused(fault=_("its content is not what its name says."))
    return digest.hexdigest()


@transaction.atomic
def remove_file(submission: Submission, file_id: int) -> None:
    """Take a file out of the draft; versions that were handed in with it keep it."""
    held = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    if held.state not in OPEN_STATES:
        raise HomeworkLocked
    newest = held.versions.aggregate(newest=Max("number"))["newest"]
    for file in held.files.filter(pk=file_id, removed_at=None):
        file.removed_at = timezone.now()
        file.last_version = newest if file.first_version else 0
        file.save(update_fields=["removed_at", "last_version"])
