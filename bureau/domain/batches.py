"""The life of an import: uploaded, checked without effect, imported once or discarded."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from bureau import policy
from bureau.domain.import_records import record_rows
from bureau.domain.kinds import ImportKind, import_kind
from bureau.domain.sealed_files import delete_sealed, put_sealed, read_sealed
from bureau.domain.staging import Report, forget_settled_rows, stage_rows, store_outcomes
from bureau.domain.workbook.reading import inspect
from bureau.domain.workbook.returned import returned_workbook
from bureau.enums import NEXT_STATES, BatchState
from bureau.errors import ImportNotReady, NothingToImport, ScopeLost
from bureau.models import ImportBatch, StagedRow
from bureau.queries import upload_scopes
from core.domain.audit import record_act
from core.domain.jobs import start_job
from core.models import JobState
from organisations.models import Organisation
from programmes.queries import current_programme

CHECKING = gettext_noop("checking rows")
IMPORTING = gettext_noop("importing rows")
WRITING = gettext_noop("writing the result")


def upload_batch(
    kind: ImportKind, content: bytes, *, file_name: str, organisation: Organisation, by: Any
) -> ImportBatch:
    """Take in a list for ``organisation`` and start its dry run, which changes nothing.

    Raises: WorkbookRefused when the file cannot be imported as it is; ScopeLost when ``by``
    may not upload for ``organisation``.
    Source: design.md, ImportBatch.
    """
    if organisation not in upload_scopes(by, kind.key):
        raise ScopeLost
    rows = inspect(content, kind, at_most=policy.INSPECTED_ROWS)
    stored = put_sealed("imports", content)
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                kind=kind.key,
                organisation=organisation,
                programme=current_programme(),
                uploaded_by=by,
                file_name=file_name[-200:],
                file_digest=sha256(content).hexdigest(),
                upload=stored,
                rows=rows,
                expires_at=timezone.now() + policy.BATCH_KEPT,
            )
            batch.job = start_job("bureau.check_import", {"batch": batch.pk}, by=by)
            batch.save(update_fields=["job"])
            record_act("import.upload", batch, by=by, to_state=batch.state)
    except BaseException:
        delete_sealed(stored)
        raise
    return batch


@transaction.atomic
def check_batch(batch_id: int, report: Report) -> ImportBatch:
    """The dry run: stage every row, decide what would become of it, write the returned workbook.

    Safe to repeat: a batch that is checked already stays as it is.
    """
    batch = _locked(batch_id)
    if batch.state != BatchState.CHECKING:
        return batch
    kind = import_kind(batch.kind)
    content = read_sealed(batch.upload)
    stage_rows(batch, kind, content, report)
    report(batch.rows, batch.rows, CHECKING)
    with connection.cursor() as cursor:
        kind.check(cursor, batch)
        store_outcomes(cursor, batch)
    report(batch.rows, batch.rows, WRITING)
    _write_returned(batch, kind, content)
    batch.checked_at = timezone.now()
    _move(batch, BatchState.CHECKED, by=None)
    return batch


@transaction.atomic
def request_import(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Import the good rows of a checked list as one job.

    Raises: ImportNotReady unless the list is checked and waiting; NothingToImport; ScopeLost
    when the uploader's appointment ended meanwhile.
    """
    batch = _locked(batch.pk)
    if has_stalled(batch) and batch.state == BatchState.IMPORTING:
        _move(batch, BatchState.CHECKED, by=by)
    if batch.state != BatchState.CHECKED or batch.cleared_at is not None:
        raise ImportNotReady
    if batch.uploaded_by_id != by.pk or batch.organisation not in upload_scopes(by, batch.kind):
        raise ScopeLost
    if not batch.importable:
        raise NothingToImport
    batch.job = start_job("bureau.apply_import", {"batch": batch.pk}, by=by)
    return _move(batch, BatchState.IMPORTING, by=by)


@transaction.atomic
def apply_batch(batch_id: int, report: Report) -> ImportBatch:
    """Check the rows once more and write the good ones, all in this one transaction.

    Safe to repeat: a batch that was imported stays as it is. Rows that the world has overtaken
    since the dry run are refused now, with the reason.
    """
    batch = _locked(batch_id)
    if batch.state != BatchState.IMPORTING:
        return batch
    kind = import_kind(batch.kind)
    total = batch.rows
    report(0, total, CHECKING)
    with connection.cursor() as cursor:
        kind.check(cursor, batch)
        report(total // 3, total, IMPORTING)
        kind.apply(cursor, batch)
        store_outcomes(cursor, batch)
        record_rows(cursor, batch)
    report(total, total, WRITING)
    _write_returned(batch, kind, read_sealed(batch.upload))
    forget_settled_rows(batch)
    batch.imported_at = timezone.now()
    return _move(batch, BatchState.IMPORTED, by=batch.uploaded_by)


@transaction.atomic
def discard_batch(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Drop a list that was not imported, with its files and rows.

    Raises: ImportNotReady once the import has begun.
    """
    batch = _locked(batch.pk)
    if has_stalled(batch) and batch.state == BatchState.IMPORTING:
        _move(batch, BatchState.CHECKED, by=by)
    if BatchState.DISCARDED not in NEXT_STATES[batch.state]:
        raise ImportNotReady
    _clear(batch)
    return _move(batch, BatchState.DISCARDED, by=by)


def has_stalled(batch: ImportBatch) -> bool:
    """Whether the job that works on the list ended without finishing it."""
    return (
        batch.state in (BatchState.CHECKING, BatchState.IMPORTING)
        and batch.job is not None
        and batch.job.state in (JobState.FAILED, JobState.PARKED)
    )


def clear_expired_batches() -> int:
    """Delete files and rows of lists whose time is over. Safe to repeat. Returns: lists cleared."""
    due = ImportBatch.objects.filter(cleared_at=None, expires_at__lt=timezone.now())
    due = due.exclude(state=BatchState.IMPORTING)
    cleared = 0
    for batch_id in due.values_list("pk", flat=True)[:200]:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update(skip_locked=True, no_key=True).filter(
                pk=batch_id, cleared_at=None
            )
            if (found := batch.first()) is None:
                continue
            _clear(found)
            if found.state == BatchState.IMPORTED:
                found.save()
            else:
                _move(found, BatchState.DISCARDED, by=None)
            cleared += 1
    return cleared


def _clear(batch: ImportBatch) -> None:
    names = (batch.upload, batch.returned)
    StagedRow.objects.filter(batch=batch)._raw_delete("default")
    batch.upload = batch.returned = ""
    batch.cleared_at = timezone.now()
    transaction.on_commit(lambda: delete_sealed(*names))


def _write_returned(batch: ImportBatch, kind: ImportKind, content: bytes) -> None:
    """Store the workbook of refused rows, or none when every row is good."""
    former = batch.returned
    batch.returned = ""
    if batch.refused:
        batch.returned = put_sealed("returned", returned_workbook(batch, kind, content))
    transaction.on_commit(lambda: delete_sealed(former))


def _locked(batch_id: int) -> ImportBatch:
    batches = ImportBatch.objects.select_for_update(no_key=True, of=("self",))
    return batches.select_related("organisation", "programme", "uploaded_by", "job").get(
        pk=batch_id
    )


def _move(batch: ImportBatch, state: BatchState, *, by: Any) -> ImportBatch:
    if state not in NEXT_STATES[batch.state]:
        raise ImportNotReady
    former, batch.state = batch.state, state
    batch.save()
    record_act(f"import.{state}", batch, by=by, from_state=former, to_state=state)
    return batch
