"""The province's side: calls, their applications, selecting and declining (R34)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from core.domain.jobs import start_job
from core.errors import DomainError
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from workshops.domain.hosting.calls import change_call, open_call
from workshops.domain.hosting.selection import decline_application, select_applications
from workshops.enums.hosting import ApplicationState
from workshops.forms.hosting import CallForm, SelectForm
from workshops.forms.moderation import ReasonForm
from workshops.models import HostApplication, HostCall
from workshops.permissions.hosting import calling_office, can_select
from workshops.policy import SELECTED_AT_ONCE
from workshops.queries.hosting import (
    call_counts,
    call_desk,
    topics_of,
    with_counts,
    with_place,
    workshops_for,
)
from workshops.queries.titles import title_of, topic_title
from workshops.tasks import ANNOUNCE
from workshops.views.door import year_or_404
from workshops.views.hosting import about, titled, visible_application, visible_call

PER_PAGE = 50


def office(request):
    """The province whose calls the user opens."""
    found = calling_office(request.user)
    if found is None:
        raise PermissionDenied
    return found


def office_call(request, pk):
    call = visible_call(request, pk)
    if not can_select(request.user, call):
        raise PermissionDenied
    return call


@login_required
@require_GET
def host_calls(request):
    """The year's calls, each with what waits."""
    place, programme = office(request), year_or_404()
    calls = HostCall.objects.filter(programme=programme, organisation=place)
    context = {
        "programme": programme,
        "today": timezone.localdate(),
        "place": place,
        "calls": with_counts(calls).order_by("-closes_on", "-pk"),
    }
    return render(request, "workshops/hosting/calls.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def call_new(request):
    """Open a call."""
    place, programme = office(request), year_or_404()
    today = timezone.localdate()
    form = CallForm(
        rule_pack_of(programme).topics, request.POST or None, initial={"opens_on": today}
    )

    def act(given):
        return open_call(programme, place, by=request.user, **given)

    return asked_call(request, form, act, _("The call is open."))


@login_required
@require_http_methods(["GET", "POST"])
def call_edit(request, pk):
    """Correct a call or give more time."""
    call = office_call(request, pk)
    names = ("title", "text", "opens_on", "closes_on", "recommends_until")
    before = {name: getattr(call, name) for name in names}
    before |= {f"places_{one.topic}": one.places for one in call.topics.all()}
    form = CallForm(rule_pack_of(call.programme).topics, request.POST or None, initial=before)

    def act(given):
        change_call(call, by=request.user, **given)
        return call

    return asked_call(request, form, act, _("The call is changed."), call)


def asked_call(request, form, act, done, call=None):
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = act(form.given())
                start_job(ANNOUNCE, {}, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("workshops:call_applications", pk=made.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "call": call}
    return render(request, "workshops/hosting/call_form.html", context, status=status)


@login_required
@require_GET
def call_applications(request, pk):
    """Who volunteers, filtered by topic, city and state; several are selected at once."""
    call = office_call(request, pk)
    counts = call_counts(request.user, call)
    wanted = {key: request.GET.get(key, "")[:40].strip() for key in ("topic", "city", "q")}
    state = request.GET.get("state", ApplicationState.RECOMMENDED)
    wanted["state"] = state if state in ApplicationState.values else ""
    page = Paginator(call_desk(request.user, call, wanted), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    cities = Organisation.objects.visible_to(request.user).filter(
        level=Level.CITY, path__startswith=call.organisation.path
    )
    context = {
        "call": call,
        "wanted": wanted,
        "states": [(one, counts.get(one, 0)) for one in ApplicationState],
        "total": sum(counts.values()),
        "waiting": counts.get(ApplicationState.RECOMMENDED, 0),
        "topics": [(one, topic_title(call.programme, one.topic)) for one in topics_of(call)],
        "cities": cities.order_by("code"),
        "page": page,
        "lines": titled(page),
        "selectable": any(one.state == ApplicationState.RECOMMENDED for one in page),
    }
    return render(request, "workshops/hosting/applications.html", context)


def ticked(request, call):
    """The applications that were chosen in the list."""
    given = request.POST if request.method == "POST" else request.GET
    keys = [one for one in given.getlist("one") if one.isdecimal()][:SELECTED_AT_ONCE]
    rows = HostApplication.objects.visible_to(request.user).filter(topic__call=call, pk__in=keys)
    return list(with_place(rows).order_by("topic", "pk"))


@login_required
@require_http_methods(["GET", "POST"])
def call_select(request, pk):
    """Which workshop and which term for those chosen; then select them all, or none."""
    call = office_call(request, pk)
    chosen = ticked(request, call)
    if not chosen:
        messages.error(request, _("Tick at least one volunteer whom a school recommends."))
        return redirect("workshops:call_applications", pk=pk)
    keys = {one.topic.topic: one.topic_id for one in chosen}
    rooms = workshops_for(call, list(keys))
    topics = [
        (keys[topic], topic_title(call.programme, topic), [(one, title_of(one)) for one in found])
        for topic, found in rooms.items()
    ]
    days = {"starts_on": timezone.localdate(), "ends_on": call.programme.ends_on}
    form = SelectForm(topics, request.POST or None, initial=days)
    if request.method == "POST" and form.is_valid():
        try:
            done = select_applications(chosen, by=request.user, **form.given())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "%(done)s volunteer is selected and hosts from the first day of the term.",
                "%(done)s volunteers are selected and host from the first day of the term.",
                done,
            )
            messages.success(request, words % {"done": done})
            return redirect("workshops:call_applications", pk=pk)
    context = {
        "call": call,
        "lines": titled(chosen),
        "form": form,
        "homeless": [title for _key, title, found in topics if not found],
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/hosting/select.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def application_decline(request, pk):
    """Do not select, with the reason."""
    found = visible_application(request, pk)
    if not can_select(request.user, found.topic.call):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_application(found, words=form.cleaned_data["why"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Declined; the volunteer reads your reason."))
            return redirect("workshops:call_applications", pk=found.topic.call_id)
    status = 422 if form.errors else 200
    context = about(found) | {"form": form}
    return render(request, "workshops/hosting/decline.html", context, status=status)
