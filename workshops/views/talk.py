"""The threads of a workshop, and starting one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from workshops.domain.bulletins import drafted_bulletin
from workshops.domain.drafts import draft_of, save_draft
from workshops.domain.posts import Writing, start_thread
from workshops.enums.talk import ThreadKind
from workshops.forms.talk import ThreadForm
from workshops.models import Membership
from workshops.permissions.talk import can_start
from workshops.queries.threads import thread_page, waiting_counts
from workshops.queries.titles import title_of
from workshops.views.talk_door import room_at

STARTED_HERE = (
    ThreadKind.QUESTION,
    ThreadKind.TOPIC,
    ThreadKind.INQUIRY,
    ThreadKind.RESOURCE,
)
FOR_HOSTS = (ThreadKind.GUIDE, ThreadKind.ANNOUNCEMENT, ThreadKind.BULLETIN)


@login_required
@require_GET
def talk(request, pk):
    """Everything that is said here: of one kind, or the questions that still wait."""
    room = room_at(request, pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ThreadKind.values else ""
    waiting = request.GET.get("show") == "waiting"
    page = thread_page(
        room.workshop,
        request.user,
        kind=kind,
        waiting=waiting,
        before=request.GET.get("before", ""),
    )
    context = {
        "workshop": room.workshop,
        "title": title_of(room.workshop),
        "room": room,
        "taken": Membership.objects.current().filter(workshop=room.workshop).count(),
        "kind": kind,
        "kinds": ThreadKind.choices,
        "waiting": waiting,
        "counts": waiting_counts(room.workshop),
        "page": page,
        "starts": [ThreadKind(one) for one in startable(room)],
    }
    return render(request, "workshops/talk/talk.html", context)


def startable(room):
    wanted = STARTED_HERE + FOR_HOSTS
    return [kind for kind in wanted if can_start(room.workshop, room.standing, kind)]


def room_to_start(request, pk, kind):
    room = room_at(request, pk)
    if kind not in STARTED_HERE + FOR_HOSTS:
        raise Http404
    if not can_start(room.workshop, room.standing, kind):
        raise PermissionDenied
    return room, ThreadKind(kind)


@login_required
@require_http_methods(["GET", "POST"])
def start(request, pk, kind):
    """The form for a new thread; what was typed comes back with a refusal, and is a draft."""
    room, kind = room_to_start(request, pk, kind)
    form = ThreadForm(
        request.POST or None, request.FILES or None, initial=begun(request, room, kind)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                thread = start_thread(
                    room.workshop,
                    writing_of(form, room),
                    kind=kind,
                    title=form.cleaned_data["title"],
                    by=request.user,
                )
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, said(thread))
                return redirect(reverse("workshops:thread", args=[thread.pk]) + "?sent=1")
        keep(request, room, str(kind))
    context = {
        "workshop": room.workshop,
        "title": title_of(room.workshop),
        "kind": kind,
        "form": form,
    }
    return render(request, "workshops/talk/start.html", context, status=status)


def said(thread):
    if thread.hidden_at:
        return _("A host looks at it first; you are told as soon as it is shown.")
    return _("It stands in the workshop now.")


def begun(request, room, kind):
    draft = draft_of(request.user, room.workshop, str(kind))
    if draft is None and kind == ThreadKind.BULLETIN:
        title, text = drafted_bulletin(room.workshop, now=timezone.now())
        return {"title": title, "text": text}
    return {"title": draft.title, "text": draft.text} if draft else {}


def writing_of(form, room, quotes=None):
    given = form.cleaned_data
    return Writing(
        given["text"],
        given["token"],
        as_host=room.standing.host,
        quotes=quotes,
        files=given["files"],
    )


@login_required
@require_POST
def keep_draft(request, pk, kind):
    """Autosave of a thread that is not started yet."""
    room, kind = room_to_start(request, pk, kind)
    return saved(keep(request, room, str(kind)))


def keep(request, room, place):
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    return save_draft(request.user, room.workshop, place, title=title, text=text)


def saved(draft):
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})
