"""The project office's desk of the word list and the link rules."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.domain.jobs import start_job
from core.errors import DomainError
from core.models import Job, JobState
from workshops.domain.rules.keeping import make_rules, switch_on
from workshops.domain.rules.links import host_of, is_allowed
from workshops.domain.rules.lists import written_words
from workshops.enums.moderation import Verdict
from workshops.forms.rules import RulesForm, SwitchForm, TrialForm
from workshops.models import TalkRules
from workshops.permissions.moderation import can_keep_rules
from workshops.queries.rules import compared, newest_rules, rules_in_force, switches, versions
from workshops.tasks import TRY_RULES


def require_office(request):
    if not can_keep_rules(request.user):
        raise PermissionDenied


@login_required
@require_http_methods(["GET", "POST"])
def rules(request):
    """What holds now, every version, and the form that makes the next one."""
    require_office(request)
    form = RulesForm(request.POST or None, initial=begun())
    if request.method == "POST" and form.is_valid():
        try:
            made = make_rules(form.typed(), by=request.user, **asked(form))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. Try it on what was written, then switch it on."))
            return redirect("workshops:rules_version", pk=made.pk)
    context = {
        "form": form,
        "in_force": rules_in_force(),
        "versions": versions(),
        "switches": switches(),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/rules/rules.html", context, status=status)


def begun():
    """The newest version, as it is typed."""
    newest = newest_rules()
    if newest is None:
        return {"newest": 0}
    typed = {verdict: written_words(newest.words, verdict) for verdict in Verdict.values}
    hosts = "\n".join(newest.hosts)
    return typed | {"hosts": hosts, "links": newest.links, "newest": newest.pk}


def asked(form):
    return {name: form.cleaned_data[name] for name in ("hosts", "links", "why", "newest")}


@login_required
@require_GET
def version(request, pk):
    """One version: what it changes, what its trials found, the switch."""
    require_office(request)
    return show(request, version_or_404(pk), SwitchForm())


def show(request, found, form):
    now_on = rules_in_force()
    job = Job.objects.filter(kind=TRY_RULES, arguments__rules=found.pk).order_by("-pk").first()
    mine = job is not None and job.created_by_id == request.user.pk and job.state != JobState.DONE
    context = {
        "rules": found,
        "is_on": now_on is not None and now_on.pk == found.pk,
        "change": compared(found, now_on),
        "now_on": now_on,
        "trial": found.trials.select_related("tried_by").order_by("-pk").first(),
        "job": job if mine else None,
        "try_form": TrialForm(),
        "form": form,
        "labels": dict(Verdict.choices),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/rules/version.html", context, status=status)


def version_or_404(pk):
    return get_object_or_404(TalkRules.objects.select_related("made_by"), pk=pk)


@login_required
@require_POST
def attempt(request, pk):
    """Try the version on what was written, in the background."""
    require_office(request)
    found = version_or_404(pk)
    form = TrialForm(request.POST)
    if form.is_valid():
        start_job(TRY_RULES, {"rules": found.pk, **form.cleaned_data}, by=request.user)
    return redirect("workshops:rules_version", pk=pk)


@login_required
@require_POST
def switch(request, pk):
    """Let the version hold from now on."""
    require_office(request)
    found = version_or_404(pk)
    form = SwitchForm(request.POST)
    if form.is_valid():
        try:
            switch_on(found, why=form.cleaned_data["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This version holds from now on."))
            return redirect("workshops:rules_version", pk=pk)
    return show(request, found, form)


@login_required
@require_GET
def leaving(request):
    """Says where an address leads before one goes there; straight on only to allowed hosts."""
    to = request.GET.get("to", "")[:2000]
    host = host_of(to)
    if not host:
        raise Http404
    in_force = rules_in_force()
    if in_force and is_allowed(to, in_force.hosts):
        return redirect(to)
    response = render(request, "workshops/rules/leaving.html", {"to": to, "host": host})
    response["Referrer-Policy"] = "no-referrer"
    return response
