"""The volunteer's side: calls for hosts of topics and one's own applications (R34)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from workshops.domain.hosting.applications import volunteer as volunteer_for
from workshops.domain.hosting.applications import withdraw
from workshops.enums.hosting import NEXT_APPLICATION_STATES, ApplicationState
from workshops.forms.hosting import VolunteerForm
from workshops.models import CallTopic, HostApplication, HostCall
from workshops.permissions.hosting import can_recommend, can_select, can_volunteer
from workshops.queries.hosting import own_applications, topics_of, with_place
from workshops.queries.titles import title_of, topic_title
from workshops.views.door import year_or_404

State = ApplicationState
EDITABLE = (State.VOLUNTEERED, State.NOT_RECOMMENDED, State.WITHDRAWN)


@login_required
@require_GET
def hosting(request):
    """The calls of the year and what became of one's own applications."""
    programme = year_or_404()
    calls = HostCall.objects.visible_to(request.user).filter(programme=programme)
    context = {
        "programme": programme,
        "today": timezone.localdate(),
        "calls": calls.order_by("-closes_on", "-pk"),
        "own": titled(own_applications(request.user, programme)),
    }
    return render(request, "workshops/hosting/hosting.html", context)


def titled(applications):
    """Pairs of an application and the title of its topic."""
    return [(one, topic_title(one.topic.call.programme, one.topic.topic)) for one in applications]


def visible_call(request, pk):
    rows = HostCall.objects.visible_to(request.user).select_related("programme", "organisation")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_GET
def host_call(request, pk):
    """The call with its topics, and where one stands with each."""
    call = visible_call(request, pk)
    own = HostApplication.objects.filter(topic__call=call, applicant=request.user)
    mine = {one.topic_id: one for one in own}
    topics = [
        (one, topic_title(call.programme, one.topic), mine.get(one.pk)) for one in topics_of(call)
    ]
    context = {
        "call": call,
        "topics": [line for line in topics if line[0].places or line[2]],
        "open": call.takes_volunteers(timezone.localdate()),
        "may": can_volunteer(request.user),
        "selects": can_select(request.user, call),
    }
    return render(request, "workshops/hosting/call.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def volunteer(request, pk):
    """Volunteer for a topic, or change what one wrote before the school has recommended it."""
    if not can_volunteer(request.user):
        raise PermissionDenied
    topic = get_object_or_404(CallTopic.objects.select_related("call__programme"), pk=pk)
    visible_call(request, topic.call_id)
    held = HostApplication.objects.filter(topic=topic, applicant=request.user).first()
    before = {"qualification": held.qualification, "statement": held.statement} if held else {}
    form = VolunteerForm(request.POST or None, request.FILES or None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            done = volunteer_for(topic, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. Your school has been told; its word comes next."))
            return redirect("workshops:host_application", pk=done.pk)
    context = {
        "call": topic.call,
        "topic": topic_title(topic.call.programme, topic.topic),
        "held": held,
        "form": form,
        "open": topic.call.takes_volunteers(timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/hosting/volunteer.html", context, status=status)


def visible_application(request, pk):
    """An application that the user may read; no other exists here."""
    rows = with_place(HostApplication.objects.visible_to(request.user))
    rows = rows.select_related("topic__call__organisation", "term__workshop__organisation")
    return get_object_or_404(rows, pk=pk)


def about(application):
    """What every page of an application shows."""
    programme = application.topic.call.programme
    return {
        "application": application,
        "call": application.topic.call,
        "topic": topic_title(programme, application.topic.topic),
        "back": reverse("workshops:host_application", args=[application.pk]),
    }


@login_required
@require_GET
def host_application(request, pk):
    """The application, its signatures, and what the reader can do about it."""
    found = visible_application(request, pk)
    today, call, state = timezone.localdate(), found.topic.call, found.state
    mine = found.applicant_id == request.user.pk
    context = about(found) | {
        "signatures": found.signatures.order_by("pk"),
        "steps": steps_of(found),
        "mine": mine,
        "edits": mine and state in EDITABLE and call.takes_volunteers(today),
        "withdraws": mine and State.WITHDRAWN in NEXT_APPLICATION_STATES[state],
        "recommends": state == State.VOLUNTEERED and can_recommend(request.user, found),
        "in_time": call.takes_recommendations(today),
        "selects": not mine and state == State.RECOMMENDED and can_select(request.user, call),
        "workshop": title_of(found.term.workshop) if found.term else "",
    }
    return render(request, "workshops/hosting/application.html", context)


def steps_of(application):
    """Volunteered, recommended, selected: (label, "was" | "now" | "")."""
    reached = {
        State.VOLUNTEERED: 1,
        State.NOT_RECOMMENDED: 1,
        State.RECOMMENDED: 2,
        State.NOT_SELECTED: 2,
        State.SELECTED: 3,
    }.get(application.state, 0)
    labels = (_("volunteered"), _("school recommends"), _("province selects"))
    stands = ["was" if turn < reached else "" for turn in range(3)]
    if application.state in (State.VOLUNTEERED, State.RECOMMENDED):
        stands[reached] = "now"
    return list(zip(labels, stands, strict=True))


@login_required
@require_GET
def application_file(request, pk):
    """The file that an application carries, for whoever may read the application."""
    found = visible_application(request, pk)
    if not found.file:
        raise Http404
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name or "file"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def application_withdraw(request, pk):
    """Step back, after a question."""
    found = visible_application(request, pk)
    if found.applicant_id != request.user.pk:
        raise PermissionDenied
    if request.method == "POST":
        try:
            withdraw(found, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Withdrawn. Until the last day you can volunteer again."))
        return redirect("workshops:host_application", pk=pk)
    return render(request, "workshops/hosting/withdraw.html", about(found))
