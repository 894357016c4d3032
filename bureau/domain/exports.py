"""The life of an exported workbook: asked for, made by a job, handed out, deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from bureau import policy
from bureau.domain.export_kinds import ExportKind, export_kind
from bureau.domain.sealed_files import delete_sealed, put_sealed, read_sealed
from bureau.domain.workbook.writing import table_workbook
from bureau.enums import ExportState
from bureau.errors import FileGone, ScopeLost
from bureau.models import ExportFile
from core.domain.audit import record_act
from core.domain.jobs import start_job
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.queries import current_programme


def may_take_out(user: Any, kind: ExportKind, organisation: Organisation) -> bool:
    """Whether the user may have this list of the organisation at this moment."""
    return user.serves(policy.EXPORTERS, organisation) and kind.allows(user, organisation)


@transaction.atomic
def request_export(
    kind: ExportKind, organisation: Organisation, *, by: Any, language: str
) -> ExportFile:
    """Have a workbook made of what ``by`` may see below ``organisation``.

    Raises: ScopeLost when ``by`` may not export it.
    Source: R62, R63; requirements 2, items 8 and 9.
    """
    if not may_take_out(by, kind, organisation):
        raise ScopeLost
    export = ExportFile.objects.create(
        kind=kind.key,
        organisation=organisation,
        path=organisation.path,
        programme=current_programme(),
        requested_by=by,
        language=language,
        expires_at=timezone.now() + policy.EXPORT_KEPT,
    )
    export.job = start_job("bureau.make_export", {"export": export.pk}, by=by)
    export.save(update_fields=["job"])
    record_act("export.request", export, by=by, to_state=export.state)
    return export


@transaction.atomic
def make_export(export_id: int, report: Any) -> ExportFile:
    """Write the workbook, streamed from the database. Safe to repeat: it is made once.

    Raises: ScopeLost when the requester's appointment ended meanwhile.
    """
    export = _locked(export_id)
    if export.state != ExportState.MAKING:
        return export
    kind = export_kind(export.kind)
    if not may_take_out(export.requested_by, kind, export.organisation):
        raise ScopeLost
    with translation.override(export.language):
        content, export.rows = table_workbook(
            str(kind.title), kind.headers(export), kind.widths, kind.rows(export, report)
        )
    export.file = put_sealed("exports", content)
    export.made_at = timezone.now()
    export.state = ExportState.READY
    export.save()
    record_act("export.made", export, by=None, to_state=export.state)
    notify(
        [export.requested_by_id],
        "bureau.export_ready",
        {"rows": export.rows},
        reverse("bureau:exports"),
        key=f"bureau.export:{export.pk}",
    )
    return export


@transaction.atomic
def download_export(export: ExportFile, *, by: Any) -> bytes:
    """Hand the workbook out, and write down that it was.

    Raises: ScopeLost unless ``by`` asked for it and still may; also after the organisation was
    moved elsewhere. FileGone after its time.
    """
    export = _locked(export.pk)
    mine = export.requested_by_id == by.pk
    entitled = mine and may_take_out(by, export_kind(export.kind), export.organisation)
    if not entitled or export.organisation.path != export.path:
        raise ScopeLost
    if export.state != ExportState.READY or export.expires_at <= timezone.now():
        raise FileGone
    ExportFile.objects.filter(pk=export.pk).update(downloads=F("downloads") + 1)
    record_act("export.download", export, by=by)
    return read_sealed(export.file)


def clear_expired_exports() -> int:
    """Delete files whose time is over. Safe to repeat. Returns: files deleted."""
    due = ExportFile.objects.filter(state=ExportState.READY, expires_at__lte=timezone.now())
    cleared = 0
    for export_id in due.values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            export = _locked(export_id)
            if export.state != ExportState.READY:
                continue
            name, export.file, export.state = export.file, "", ExportState.EXPIRED
            export.save()
            record_act("export.expired", export, by=None, to_state=export.state)
            transaction.on_commit(partial(delete_sealed, name))
            cleared += 1
    return cleared


def _locked(export_id: int) -> ExportFile:
    exports = ExportFile.objects.select_for_update(no_key=True, of=("self",))
    return exports.select_related("organisation", "programme", "requested_by").get(pk=export_id)
