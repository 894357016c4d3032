"""Files that come whole: in one form from browsers that run no scripts, or from our own code."""

from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from videos.domain import uploads_files as files
from videos.domain.uploads import add_piece, begin_upload, move_upload, open_upload
from videos.domain.uploads_digest import digest_of, finish_upload
from videos.enums import UploadState
from videos.errors import UploadGone
from videos.models import Upload


def receive_whole(file: File, *, by: User, purpose: str, context: str = "") -> Upload:
    """The upload of a file that a form brought, under all rules for uploads; it is finished.

    Raises: what ``begin_upload`` raises, and what the purpose's check says of the file.
    """
    size, name = file.size, file.name or ""
    upload = begin_upload(by=by, purpose=purpose, context=context, name=name, length=size)
    file.seek(0)
    add_piece(upload, file, offset=0, size=size)
    return finish_upload(upload.pk)


def sent_upload(
    *, by: User, purpose: str, context: str = "", upload_id: UUID | None, file: File | None
) -> Upload:
    """What a form brought: the upload that was sent beforehand, else the file itself.

    Raises: UploadGone when ``by`` has no such upload; what ``receive_whole`` raises.
    """
    if upload_id is None:
        return receive_whole(file, by=by, purpose=purpose, context=context)
    upload = Upload.objects.visible_to(by).filter(pk=upload_id).first()
    if upload is None:
        raise UploadGone
    return upload


def keep_whole(file: File, *, by: User, purpose: str) -> Upload:
    """The finished upload of a file that our own code brings: no quota, no check of its kind."""
    upload = open_upload(by=by, purpose=purpose, name=file.name or "", length=file.size)
    file.seek(0)
    with files.sole_writer(upload.pk) as kept:
        kept.append(file, upload.length)
    with transaction.atomic():
        move_upload(upload, UploadState.RECEIVED, by=by)
        upload.sha256 = digest_of(files.path_of(upload.pk))
        move_upload(upload, UploadState.FINISHED, by=by, why=upload.sha256)
    return upload
