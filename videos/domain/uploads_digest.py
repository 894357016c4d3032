"""The SHA-256 of a file that has arrived.

It is computed from the disk when all bytes are here, never along the way: a running digest
would have to survive a killed process together with exactly the bytes that it has seen.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from videos.domain import uploads_files as files
from videos.domain.uploads import end_upload, move_upload
from videos.enums import UploadState
from videos.errors import UploadGone
from videos.models import Upload

CHECKING = gettext_noop("Computing the checksum (megabytes)")
MEGABYTE = 1024**2

Report = Callable[[int, int, str], None]


def finish_upload(
    upload_id: UUID,
    *,
    report: Report = lambda done, total, stage: None,
    confirm: Callable[[], None] = lambda: None,
) -> Upload:
    """Note the digest of a file that has arrived; from then on it can be used.

    Safe to repeat: an upload that is finished or over is left as it is. ``confirm`` is called
    in the transaction at the end and may refuse when somebody else has taken the work over.

    Raises: UploadGone when the file has vanished from the disk; the upload is then over.
    """
    upload = Upload.objects.get(pk=upload_id)
    if upload.state != UploadState.RECEIVED:
        return upload
    try:
        digest = digest_of(files.path_of(upload_id), report)
    except FileNotFoundError:
        lost = UploadGone(_("The file is no longer here: choose it again to send it anew."))
        end_upload(upload, by=None, why=lost)
        raise lost from None
    with transaction.atomic():
        confirm()
        upload = Upload.objects.select_for_update(no_key=True).get(pk=upload_id)
        if upload.state == UploadState.RECEIVED:
            upload.sha256 = digest
            move_upload(upload, UploadState.FINISHED, by=None, why=digest)
    return upload


def digest_of(path: Path, report: Report = lambda done, total, stage: None) -> str:
    """SHA-256 of a file as hex, read in pieces."""
    digest, done = hashlib.sha256(), 0
    total = -(-path.stat().st_size // MEGABYTE)
    with path.open("rb", buffering=0) as file:
        while piece := file.read(MEGABYTE):
            digest.update(piece)
            done += 1
            report(min(done, total), total, CHECKING)
    return digest.hexdigest()
