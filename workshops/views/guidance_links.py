"""Which seminar carries out an activity of the guidance plan: chosen, or the choice undone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from workshops.domain.guidance_links import link_seminar, unlink_seminar
from workshops.forms.guidance import LinkForm
from workshops.queries.guidance_links import seminars_to_link
from workshops.views.guidance import written_workshop


@login_required
@require_POST
def link(request, pk, key):
    """A seminar that was announced already carries the activity out."""
    workshop = written_workshop(request, pk)
    form = LinkForm(seminars_to_link(workshop, request.user), request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the seminars in the list."))
        return redirect("workshops:guidance_outcome", pk=pk, key=key)
    try:
        link_seminar(workshop, key, form.seminar, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("workshops:guidance", pk=pk)
    messages.success(request, _("Linked. The plan now shows what the seminar’s lists say."))
    return redirect("workshops:guidance", pk=pk)


@login_required
@require_POST
def unlink(request, pk, key):
    """The seminar stays; what came of the activity is noted by hand again."""
    unlink_seminar(written_workshop(request, pk), key, by=request.user)
    messages.success(request, _("The link is undone; the seminar itself stays as it is."))
    return redirect("workshops:guidance", pk=pk)
