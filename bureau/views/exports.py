from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from bureau import permissions
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import download_export, request_export
from bureau.domain.review_exports import received_reviews
from bureau.enums import ExportState
from bureau.models import ExportFile
from bureau.views.files import workbook_response
from bureau.views.units import unit_of, units_of
from core.errors import DomainError

PAGE = 50


@login_required
@require_safe
def exports(request):
    """The user's own files and the lists that can be exported."""
    if not permissions.can_export_any(request.user):
        raise PermissionDenied
    files = ExportFile.objects.visible_to(request.user).select_related("organisation", "job")
    page = Paginator(files, PAGE).get_page(request.GET.get("page"))
    for export in page:
        export.title = EXPORT_KINDS[export.kind].title
        export.is_there = export.state == ExportState.READY and export.expires_at > timezone.now()
    units = units_of(request.user, permissions.can_export)
    offered = [
        (kind, [unit for unit in units if kind.allows(request.user, unit)])
        for kind in EXPORT_KINDS.values()
    ]
    context = {
        "page": page,
        "offered": [(kind, whose) for kind, whose in offered if whose],
        "busy": [export for export in page if export.state == ExportState.MAKING],
    }
    return render(request, "bureau/exports.html", context)


@login_required
@require_POST
def make_export(request, kind, unit):
    """Ask for a file of a unit; the list of files shows how far it is."""
    if kind not in EXPORT_KINDS:
        raise Http404
    organisation = unit_of(request.user, unit)
    try:
        request_export(EXPORT_KINDS[kind], organisation, by=request.user, language=get_language())
    except DomainError as refusal:
        raise PermissionDenied from refusal
    return redirect("bureau:exports")


@login_required
@require_GET
def received(request):
    """All reviews of one's own lessons as a workbook, made at once."""
    name = _("Reviews of my lessons")
    return workbook_response(received_reviews(request.user), f"{name}-{timezone.localdate()}.xlsx")


@login_required
@require_GET
def download(request, pk):
    """The file, while it is kept and the requester still may: everything is asked again."""
    export = get_object_or_404(
        ExportFile.objects.visible_to(request.user).select_related("organisation"), pk=pk
    )
    try:
        content = download_export(export, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("bureau:exports")
    day = timezone.localdate(export.requested_at)
    title = EXPORT_KINDS[export.kind].title
    return workbook_response(content, f"{title}-{export.organisation.name}-{day}.xlsx")
