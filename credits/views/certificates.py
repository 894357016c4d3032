from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.actor import current_address
from core.domain.certificates import spaced
from core.errors import DomainError
from credits.domain.certificate_pdf import certificate_pdf
from credits.domain.certificates import find_certificate
from credits.forms import CheckForm
from credits.models import Certificate


@login_required
@require_safe
def pdf(request, pk):
    """The page itself: for its owner, and for those who may see the registration."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(certificate_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{certificate.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
def check(request):
    """Anyone may check a certificate who has its number and the name on it."""
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = find_certificate(**form.cleaned_data, source=current_address())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(found.check_page, token=found.token)
    return render(request, "credits/check.html", {"form": form})


@never_cache
@require_safe
def check_token(request, token):
    """Every printed field, and whether the certificate still holds."""
    certificate = Certificate.objects.filter(token=token).first()
    if certificate is None:
        context = {"form": CheckForm(), "unknown": True}
        return render(request, "credits/check.html", context, status=404)
    context = {
        "certificate": certificate,
        "printed": certificate.printed,
        "number": spaced(certificate.number),
        "registered_on": date.fromisoformat(certificate.printed["registered_on"]),
    }
    response = render(request, "credits/check_result.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
