"""Service certificates: issued by the office, opened by the host, checked by anyone."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.domain.certificates import spaced
from core.errors import DomainError
from workshops.domain.assessment.service import (
    issue_service_certificates,
    revoke_service_certificate,
)
from workshops.domain.assessment.service_pdf import service_pdf
from workshops.enums.assessment import Grade
from workshops.forms.moderation import ReasonForm
from workshops.models import ServiceCertificate
from workshops.permissions.assessment import can_assess
from workshops.views.assessments import office_assessment


@login_required
@require_POST
def issue(request, pk):
    """Certificates for all who passed and have none."""
    found = office_assessment(request, pk)
    try:
        issued = issue_service_certificates(found, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(issued)s certificate issued; the host was told.",
            "%(issued)s certificates issued; the hosts were told.",
            issued,
        )
        messages.success(request, said % {"issued": issued})
    return redirect("workshops:assessment", pk=pk)


def certificate_at(request, pk):
    rows = ServiceCertificate.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("result__assessment__organisation"), pk=pk)


@login_required
@require_safe
def pdf(request, pk):
    """The page itself: for the host and the office."""
    certificate = certificate_at(request, pk)
    response = HttpResponse(service_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="service-{certificate.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request, pk):
    """Take a certificate back, with a reason that whoever checks it reads."""
    certificate = certificate_at(request, pk)
    if not can_assess(request.user, certificate.result.assessment.organisation):
        raise PermissionDenied
    if certificate.user_id == request.user.pk:
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_service_certificate(certificate, why=form.cleaned_data["why"], by=request.user)
        except DomainError as refusal:
            form.add_error("why", str(refusal))
        else:
            messages.success(request, _("Revoked. The host was told."))
            return redirect("workshops:host_result", pk=certificate.result_id)
    status = 422 if form.errors else 200
    context = {
        "certificate": certificate,
        "number": spaced(certificate.number),
        "form": form,
    }
    return render(request, "workshops/assessment/revoke.html", context, status=status)


@never_cache
@require_safe
def check(request, token):
    """Every printed field, and whether the certificate still holds; for anyone."""
    certificate = ServiceCertificate.objects.filter(token=token).first()
    if certificate is None:
        raise Http404
    printed = certificate.printed
    context = {
        "certificate": certificate,
        "printed": printed,
        "number": spaced(certificate.number),
        "starts_on": date.fromisoformat(printed["from"]),
        "ends_on": date.fromisoformat(printed["to"]),
        "issued_on": date.fromisoformat(printed["issued_on"]),
        "grade": Grade(printed["grade"]).label,
        "terms": [
            tuple(one and date.fromisoformat(one) for one in pair) for pair in printed["terms"]
        ],
    }
    response = render(request, "workshops/assessment/check.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
