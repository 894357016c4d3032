"""What the clock does about uploads: ends the forgotten, mends the interrupted, clears the rest."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from videos.domain import uploads_files as files
from videos.domain.uploads import close_when_complete, end_upload
from videos.domain.uploads_orphans import orphaned_originals, orphaned_parts
from videos.domain.uploads_taking import place_upload
from videos.enums import UploadState
from videos.models import Upload
from videos.policy import ORPHAN_AFTER

AT_ONCE = 500
SETTLES_AFTER = timedelta(minutes=2)


def sweep_uploads() -> dict[str, int]:
    """Expire, close and place. Safe to repeat, also at once.

    Returns: how many uploads each concerned.
    """
    return {
        "expired": expire_uploads(),
        "closed": close_complete_uploads(),
        "placed": place_taken_uploads(),
    }


def expire_uploads() -> int:
    """End what nobody has gone on with for days, and remove its file."""
    due = Upload.objects.under_way().filter(expires_at__lte=timezone.now())
    uploads = list(due.order_by("expires_at")[:AT_ONCE])
    for upload in uploads:
        end_upload(upload, by=None)
    return len(uploads)


def close_complete_uploads() -> int:
    """Close what had arrived when its process was killed before it could say so."""
    closed = 0
    for upload in Upload.objects.filter(state=UploadState.OPEN).select_related("owner"):
        if files.size_of(upload.pk) == upload.length:
            close_when_complete(upload)
            closed += 1
    return closed


def place_taken_uploads() -> int:
    """Place what was taken when its process was killed before it could move the file."""
    before = timezone.now() - SETTLES_AFTER
    taken = Upload.objects.filter(state=UploadState.TAKEN, stored_at=None, closed_at__lt=before)
    keys = list(taken.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        place_upload(key)
    return len(keys)


def remove_orphans() -> int:
    """Remove files that no row has known for some time."""
    before = timezone.now() - ORPHAN_AFTER
    parts, names = orphaned_parts(before), list(orphaned_originals(before))
    for path in parts:
        path.unlink(missing_ok=True)
    for name in names:
        default_storage.delete(name)
    return len(parts) + len(names)
