"""Who may ask for what on the bureau's desks. Each right is also rows: ``visible_to``."""

from __future__ import annotations

from accounts.models import User
from bureau import policy
from bureau.models import ExportFile, ImportBatch
from bureau.queries import upload_scopes
from organisations.models import Organisation


def can_see_bureau(user: User) -> bool:
    """Officers, principals and auditors have a board; teachers and editors have none."""
    return user.is_authenticated and bool(user.appointed_paths(*policy.VIEWERS))


def can_see_unit(user: User, organisation: Organisation) -> bool:
    return user.serves(policy.VIEWERS, organisation)


def can_upload(user: User, kind: str) -> bool:
    """Whether the user may upload this list for any organisation at all."""
    return user.is_authenticated and bool(upload_scopes(user, kind))


def can_upload_any(user: User) -> bool:
    return any(can_upload(user, kind) for kind in policy.IMPORTERS)


def can_decide_import(user: User, batch: ImportBatch) -> bool:
    """Only the uploader imports or discards, and only the uploader gets typed cells back."""
    return batch.uploaded_by_id == user.pk


def can_export(user: User, organisation: Organisation) -> bool:
    return user.serves(policy.EXPORTERS, organisation)


def can_export_any(user: User) -> bool:
    return user.is_authenticated and bool(user.appointed_paths(*policy.EXPORTERS))


def can_download(user: User, export: ExportFile) -> bool:
    """The requester, while the appointment that allowed the export still holds."""
    return export.requested_by_id == user.pk and can_export(user, export.organisation)
