"""Files that come in piece by piece, over days if need be, without losing a byte."""

import hashlib
from pathlib import PurePath

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from accounts.models import User
from core.domain.audit import record_act
from core.domain.jobs import start_job
from core.errors import DomainError
from core.kept_refusals import kept
from videos.domain import uploads_files as files
from videos.domain.uploads_purposes import rules_for
from videos.domain.uploads_quota import require_room
from videos.enums import NEXT_UPLOAD_STATES, UploadState
from videos.errors import FileEmpty, FileTooLarge, PieceTooLong, UploadGone, WrongOffset
from videos.models import Upload
from videos.policy import FIRST_BYTES, UPLOAD_LIVES_FOR

FINISH = "videos.finish_upload"
CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}  # sha1 is the protocol's minimum


def begin_upload(
    *, by: User, purpose: str, context: str = "", name: str, length: int, fingerprint: str = ""
) -> Upload:
    """Make room for a file of ``length`` bytes and give it an address of its own.

    Units: bytes.
    Raises: UploadNotAllowed, FileEmpty, FileTooLarge, TooManyUploads, QuotaReached,
    SchoolQuotaReached, NoRoom.
    Source: R42, R43.
    """
    rules = rules_for(by, purpose, context)
    if not length:
        raise FileEmpty
    if length > rules.largest_bytes:
        raise FileTooLarge(limit=filesizeformat(rules.largest_bytes))
    with transaction.atomic():
        require_room(by, length, rules.person_bytes)
        return open_upload(
            by=by,
            purpose=purpose,
            context=context,
            name=name,
            length=length,
            fingerprint=fingerprint,
        )


@transaction.atomic
def open_upload(
    *, by: User, purpose: str, context: str = "", name: str, length: int, fingerprint: str = ""
) -> Upload:
    """Write the upload and its empty file. Asks no rule: that is ``begin_upload``."""
    upload = Upload(owner=by, school_id=by.school_id, purpose=purpose, context=context)
    upload.name, upload.length = PurePath(name).name[:200] or "?", length
    upload.fingerprint, upload.expires_at = fingerprint[:300], timezone.now() + UPLOAD_LIVES_FOR
    upload.save(force_insert=True)
    record_act("upload.begin", upload, by=by, to_state=upload.state, why=str(length))
    files.create_empty(upload.pk)
    return upload


def offset_of(upload: Upload) -> int:
    """Bytes that have arrived: the length of the file, and nothing else.

    Raises: UploadGone when it has ended.
    """
    if upload.state in (UploadState.EXPIRED, UploadState.ENDED):
        raise UploadGone
    if upload.state == UploadState.TAKEN:
        return upload.length
    offset = files.size_of(upload.pk)
    if offset is None:
        raise UploadGone
    return offset


def next_offset(upload: Upload) -> int:
    """Where the next piece begins, for somebody who is about to send it.

    Raises: UploadBusy while another one is being written; UploadGone.
    """
    if upload.state == UploadState.OPEN:
        with files.sole_writer(upload.pk) as file:
            return file.size
    return offset_of(upload)


def add_piece(
    upload: Upload,
    source: files.Source,
    *,
    offset: int,
    size: int,
    checksum: tuple[str, bytes] | None = None,
) -> int:
    """Append the piece of ``size`` bytes that begins at ``offset``; it is on the disk afterwards.

    A piece that breaks off is kept as far as it came, unless it has a ``checksum`` (name and
    digest): then it comes whole and right or not at all. The last piece closes the upload.

    Returns: the new offset.
    Raises: UploadBusy, UploadGone, WrongOffset, PieceTooLong, ChecksumWrong, NoRoom; and what
    the purpose's check says of the first bytes, which ends the upload.
    """
    if upload.state != UploadState.OPEN:
        raise UploadGone
    with files.sole_writer(upload.pk) as file:
        before = file.size
        if offset != before:
            raise WrongOffset(offset=before)
        if size > upload.length - before:
            raise PieceTooLong
        if checksum:
            algorithm, expected = checksum
            file.append_whole(source, size, CHECKSUMS[algorithm](), expected)
        else:
            file.append(source, size)
        if not file.still_named():
            raise UploadGone
        _look_at_first_bytes(upload, before, file.size)
    _live_on(upload)
    if file.size == upload.length:
        close_when_complete(upload)
    return file.size


def close_when_complete(upload: Upload) -> Upload:
    """Once all bytes are here, have their digest computed. Safe to repeat, also at once."""
    if upload.state != UploadState.OPEN or offset_of(upload) != upload.length:
        return upload
    with transaction.atomic():
        upload = _locked(upload)
        if upload.state == UploadState.OPEN:
            arguments = {"upload_id": str(upload.pk)}
            key = f"{FINISH}:{upload.pk}"
            upload.finishing = start_job(FINISH, arguments, by=upload.owner, key=key)
            upload.save(update_fields=["finishing"])
            move_upload(upload, UploadState.RECEIVED, by=upload.owner)
    return upload


@transaction.atomic
def end_upload(upload: Upload, *, by: User | None, why: DomainError | None = None) -> Upload:
    """Give the file up and remove it. Safe to repeat; a file already used is left alone.

    ``by`` is None for the clock, to which it has then expired.
    """
    upload = _locked(upload)
    if upload.state in UploadState.under_way():
        reason = str(why or "")
        upload.reason, upload.refusal = reason[:300], kept(why) if why else {}
        move_upload(upload, UploadState.ENDED if by else UploadState.EXPIRED, by=by, why=reason)
        transaction.on_commit(lambda: files.remove(upload.pk))
    return upload


def move_upload(upload: Upload, state: UploadState, *, by: User | None, why: str = "") -> None:
    """Write the next state of a locked upload, with what else was set on it."""
    from_state = UploadState(upload.state)
    if state not in NEXT_UPLOAD_STATES[from_state]:
        raise UploadGone
    upload.state = state
    if state not in UploadState.under_way():
        upload.closed_at = timezone.now()
    upload.save()
    record_act("upload.move", upload, by=by, from_state=from_state, to_state=state, why=why)


def _locked(upload: Upload) -> Upload:
    rows = Upload.objects.select_for_update(no_key=True, of=("self",)).select_related("owner")
    return rows.get(pk=upload.pk)


def _look_at_first_bytes(upload: Upload, before: int, after: int) -> None:
    """Ask once, when enough has come to tell, and once more of the whole."""
    enough = min(FIRST_BYTES, upload.length)
    if not (before < enough <= after or after == upload.length):
        return
    rules = rules_for(upload.owner, upload.purpose, upload.context)
    try:
        rules.check(files.path_of(upload.pk))
    except DomainError as refusal:
        end_upload(upload, by=upload.owner, why=refusal)
        raise


def _live_on(upload: Upload) -> None:
    """Bytes came: the days begin anew. Written at most hourly."""
    expires_at = timezone.now() + UPLOAD_LIVES_FOR
    if (expires_at - upload.expires_at).total_seconds() > 3600:
        Upload.objects.under_way().filter(pk=upload.pk).update(expires_at=expires_at)
