"""An import from end to end through the domain, as tests need it."""

from bureau.domain.batches import apply_batch, check_batch, request_import, upload_batch
from bureau.domain.kinds import import_kind
from bureau.models import ImportBatch, StagedRow
from tests.bureau.make_workbooks import fill_in


def quietly(_done, _total, _stage):
    """Nobody watches the progress."""


def dry_run(rows, *, by, organisation, kind="people", content=None) -> ImportBatch:
    kind = import_kind(kind)
    by.__dict__.pop("current_appointments", None)
    content = content or fill_in(kind, rows)
    batch = upload_batch(kind, content, file_name="list.xlsx", organisation=organisation, by=by)
    return check_batch(batch.pk, quietly)


def take_over(batch) -> ImportBatch:
    request_import(batch, by=batch.uploaded_by)
    return apply_batch(batch.pk, quietly)


def bring_in(rows, *, by, organisation, kind="people") -> ImportBatch:
    return take_over(dry_run(rows, by=by, organisation=organisation, kind=kind))


def counts(batch) -> tuple[int, int, int, int]:
    """Added, changed, left, refused."""
    return batch.added, batch.changed, batch.left, batch.refused


def codes(batch) -> dict[int, list[str]]:
    """Reasons of the refused rows by line."""
    refused = StagedRow.objects.filter(batch=batch, outcome="refused").order_by("line")
    return {row.line: [code for code, _parameters in row.reasons] for row in refused}
