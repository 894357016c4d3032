from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from bureau import permissions
from bureau.domain.batches import discard_batch, has_stalled, request_import, upload_batch
from bureau.domain.kinds import import_kind, import_kinds
from bureau.domain.sealed_files import read_sealed
from bureau.domain.workbook.returned import returned_name
from bureau.domain.workbook.template import template_workbook
from bureau.enums import BatchState, RowOutcome
from bureau.forms import UploadForm
from bureau.models import ImportBatch
from bureau.queries import upload_scopes
from bureau.views.files import workbook_response
from bureau.views.presenting import (
    STATE_TAGS,
    STEP_OF,
    batch_headline,
    outcome_labels,
    row_lines,
    shown_columns,
    steps,
    trail,
)
from core.domain.audit import record_act
from core.errors import DomainError

PAGE = 50


@login_required
@require_safe
def imports(request):
    """The lists that were uploaded in the user's scope, and where to start a new one."""
    if not permissions.can_see_bureau(request.user):
        raise PermissionDenied
    batches = ImportBatch.objects.visible_to(request.user)
    batches = batches.select_related("organisation", "uploaded_by")
    page = Paginator(batches, PAGE).get_page(request.GET.get("page"))
    for batch in page:
        batch.title = import_kind(batch.kind).title
        batch.tag = STATE_TAGS.get(batch.state, "")
    kinds = [kind for kind in import_kinds() if permissions.can_upload(request.user, kind.key)]
    return render(request, "bureau/imports.html", {"page": page, "kinds": kinds})


@login_required
def upload(request, kind):
    """Template, notes and the form to hand in the filled-in file."""
    kind = _kind_for(request.user, kind)
    organisations = upload_scopes(request.user, kind.key)
    form = UploadForm(request.POST or None, request.FILES or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = upload_batch(
                kind,
                file.read(),
                file_name=file.name,
                organisation=form.cleaned_data["organisation"],
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("bureau:import", pk=batch.pk)
    context = {"kind": kind, "form": form, "trail": trail(kind.title), "steps": steps(0)}
    return render(request, "bureau/upload.html", context)


@login_required
@require_GET
def template(request, kind):
    kind = _kind_for(request.user, kind)
    name = _("Template of %(list)s") % {"list": kind.title}
    return workbook_response(template_workbook(kind), f"{name}.xlsx")


@login_required
@require_safe
def show_import(request, pk):
    """What would become of each row, or became of it; the decision, while one is due."""
    batch = _batch_for(request.user, pk)
    kind = import_kind(batch.kind)
    # What came back is what one wants to see first.
    outcome = request.GET.get("outcome", RowOutcome.REFUSED if batch.refused else "")
    staged = batch.staged_rows.order_by("line")
    if outcome in RowOutcome.values:
        staged = staged.filter(outcome=outcome)
    page = Paginator(staged, PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "kind": kind,
        "headline": batch_headline(batch),
        "trail": trail(batch.file_name),
        "steps": steps(STEP_OF[batch.state]),
        "outcome": outcome,
        "outcomes": [(key, label, getattr(batch, key)) for key, label in outcome_labels(batch)],
        "kept": {RowOutcome.REFUSED} if batch.imported_at else set(RowOutcome.values),
        "page": page,
        "headers": [column.header for column in shown_columns(kind)],
        "lines": row_lines(kind, page, done=bool(batch.imported_at)),
        "is_mine": permissions.can_decide_import(request.user, batch),
        "is_busy": batch.state in (BatchState.CHECKING, BatchState.IMPORTING),
        "has_failed": has_stalled(batch),
        "is_waiting": batch.state == BatchState.CHECKED and not batch.cleared_at,
    }
    return render(request, "bureau/import.html", context)


@login_required
@require_POST
def apply_import(request, pk):
    batch = _own_batch(request.user, pk)
    try:
        request_import(batch, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("bureau:import", pk=pk)


@login_required
@require_POST
def discard_import(request, pk):
    batch = _own_batch(request.user, pk)
    try:
        discard_batch(batch, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("bureau:import", pk=pk)
    messages.success(request, _("The file and its rows were deleted; nothing was imported."))
    return redirect("bureau:imports")


@login_required
@require_GET
def returned(request, pk):
    """The refused rows with their reasons: typed cells, so for the uploader only."""
    batch = _own_batch(request.user, pk)
    try:
        content = read_sealed(batch.returned)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("bureau:import", pk=pk)
    record_act("import.returned_downloaded", batch, by=request.user)
    return workbook_response(content, returned_name(batch))


def _kind_for(user, key):
    try:
        kind = import_kind(key)
    except KeyError as error:
        raise Http404 from error
    if not permissions.can_upload(user, kind.key):
        raise PermissionDenied
    return kind


def _batch_for(user, pk):
    batches = ImportBatch.objects.visible_to(user).select_related(
        "organisation", "uploaded_by", "programme", "job"
    )
    return get_object_or_404(batches, pk=pk)


def _own_batch(user, pk):
    batch = _batch_for(user, pk)
    if not permissions.can_decide_import(user, batch):
        raise PermissionDenied
    return batch
