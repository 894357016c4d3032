"""Who hosts a workshop, who hosted it before, and appointing the next (R33, R39)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from workshops.domain.hosts import appoint_host, end_term
from workshops.forms.host import EndForm, HostForm
from workshops.models import Host
from workshops.permissions.seats import can_keep_office
from workshops.queries.titles import title_of
from workshops.views.door import visible_workshop

FOUND = 20


@login_required
@require_http_methods(["GET", "POST"])
def hosts(request, pk):
    """Terms that hold, terms of before, and the form for another."""
    workshop = office_workshop(request, pk)
    who = request.GET.get("who", "").strip()[:40]
    standing = workshop.hosts.standing().select_related("user__school").order_by("starts_on", "pk")
    form = HostForm(people_named(request.user, who), standing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appoint_host(workshop, by=request.user, **form.given())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Appointed. The host was told."))
            return redirect("workshops:hosts", pk=pk)
    past = workshop.hosts.exclude(pk__in=standing).select_related("user", "replaced_by__user")
    context = {
        "workshop": workshop,
        "title": title_of(workshop),
        "standing": standing,
        "past": past.order_by("-starts_on", "-pk"),
        "who": who,
        "form": form,
    }
    return render(request, "workshops/hosts.html", context)


def people_named(user, who):
    """Active people in the officer's reach whose name begins with ``who``."""
    if not who:
        return []
    people = User.objects.visible_to(user).filter(is_active=True, real_name__startswith=who)
    return people.select_related("school").order_by("real_name", "pk")[:FOUND]


def office_workshop(request, pk):
    """A main workshop whose office the user holds; sub-workshops have its hosts."""
    workshop = visible_workshop(request, pk)
    if not can_keep_office(request.user, workshop.organisation):
        raise PermissionDenied
    if workshop.number > 1:
        raise Http404
    return workshop


@login_required
@require_http_methods(["GET", "POST"])
def host_end(request, pk):
    """End a term, with the reason."""
    term = get_object_or_404(Host.objects.select_related("user"), pk=pk, ended_at=None)
    workshop = office_workshop(request, term.workshop_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_term(term, why=form.cleaned_data["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The term has ended; it stays on record."))
            return redirect("workshops:hosts", pk=workshop.pk)
    context = {"workshop": workshop, "title": title_of(workshop), "term": term, "form": form}
    return render(request, "workshops/host_end.html", context)
