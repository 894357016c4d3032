"""One thread: its pages, replies, and what becomes of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from workshops.domain.inquiries import contribute
from workshops.domain.reading import read_on, set_following
from workshops.domain.threads import close_thread, mark_answered, move_thread, pin_thread
from workshops.forms.talk import ReplyForm
from workshops.models import Post, Workshop
from workshops.permissions.talk import can_adopt, can_mark_answered
from workshops.policy import POSTS_A_PAGE
from workshops.queries.duty import on_duty
from workshops.queries.inquiries import inquiry_of, posts_with_shares
from workshops.queries.threads import ThreadLine, own_place, page_with, posts_between, posts_of
from workshops.queries.titles import title_of
from workshops.views.post_links import Reader, dressed
from workshops.views.talk import keep as keep_text
from workshops.views.talk import saved, writing_of
from workshops.views.talk_door import room_of, thread_at


@login_required
@require_GET
def thread(request, pk):
    """A page of the thread; the last one waits for what is said next."""
    found, room = thread_at(request, pk)
    return show(request, found, room)


def show(request, found, room, form=None):
    pages = page_with(found.posts_count)
    page = pages if form else min(pages, whole(request.GET.get("page")))
    inquiry = inquiry_of(found)
    reading, draft = own_place(found, request.user)
    reader = reader_of(request, found, room, reading.read_to)
    posts = dressed(posts_with_shares(posts_of(found, page), inquiry), found, reader)
    quoted = quoted_post(found, request.GET.get("quote"))
    initial = {"text": draft.text if draft else "", "quotes": quoted and quoted.pk}
    context = frame(request, found, room) | {
        "posts": posts,
        "inquiry": inquiry,
        "may_adopt": can_adopt(request.user, found, room.standing),
        "reading": reading,
        "page": page,
        "pages": pages,
        "shown_pages": near(page, pages),
        "last": posts[-1].number if posts else 0,
        "form": form or ReplyForm(initial=initial),
        "quoted": quoted,
        "draft": draft,
        "on_duty": on_duty(found.workshop.main_id, timezone.now()) if found.waits else None,
    }
    if posts and posts[-1].number > reading.read_to:
        read_on(found, request.user, posts[-1].number)
    return render(request, "workshops/talk/thread.html", context, status=422 if form else 200)


def frame(request, found, room):
    return {
        "thread": found,
        "line": ThreadLine(found, 0),
        "workshop": found.workshop,
        "title": title_of(found.workshop),
        "room": room,
        "me": request.user.pk,
        "may_reply": may_reply(found, room),
        "may_answer": can_mark_answered(request.user, found, room.standing),
    }


def may_reply(found, room):
    return room.writes and found.closed_at is None


def reader_of(request, found, room, read_to):
    replies = may_reply(found, room)
    return Reader(request.user.pk, read_to, replies, room.writes, room.moderates)


def whole(text):
    return max(1, int(text)) if (text or "").isdecimal() and len(text) < 7 else 1


def near(page, pages):
    """The first page, those around this one, the last."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})


def quoted_post(found, key):
    if not (key or "").isdecimal():
        return None
    rows = Post.objects.filter(thread=found, hidden_at=None).select_related("author")
    return rows.filter(pk=int(key)).first()


def address_of(post, *, sent=False):
    """The post in its page; ``sent`` tells the browser to drop its copy of what was typed."""
    place = reverse("workshops:thread", args=[post.thread_id])
    arrived = "&sent=1" if sent else ""
    return f"{place}?page={page_with(post.number)}{arrived}#post-{post.number}"


@login_required
@require_GET
def news(request, pk):
    """Leads to the first post that one has not read."""
    found, _room = thread_at(request, pk)
    reading, _draft = own_place(found, request.user)
    number = min(found.posts_count, reading.read_to + 1)
    return redirect(address_of(Post(thread=found, number=number)))


@login_required
@require_GET
def since(request, pk, number):
    """What was said after post ``number``, for the open page; nothing new is an empty answer."""
    found, room = thread_at(request, pk)
    posts = posts_between(found, number, number + POSTS_A_PAGE)
    if not posts:
        return HttpResponse(status=204)
    read_on(found, request.user, posts[-1].number)
    posts = posts_with_shares(posts, inquiry_of(found))
    context = frame(request, found, room) | {
        "posts": dressed(posts, found, reader_of(request, found, room, number)),
        "last": posts[-1].number,
    }
    return render(request, "workshops/talk/_since.html", context)


@login_required
@require_POST
def answer(request, pk):
    """A reply. A refusal shows the page with everything typed, and keeps it as a draft."""
    found, room = thread_at(request, pk)
    room.require_writes()
    form = ReplyForm(request.POST, request.FILES)
    if form.is_valid():
        key = str(form.cleaned_data["quotes"] or "")
        writing = writing_of(form, room, quotes=quoted_post(found, key) if key else None)
        try:
            post = contribute(found, writing, form.cleaned_data["share"], by=request.user)
            return redirect(address_of(post, sent=True))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    keep_text(request, room, f"thread:{found.pk}")
    return show(request, found, room, form)


@login_required
@require_POST
def keep_draft(request, pk):
    found, room = thread_at(request, pk)
    room.require_writes()
    return saved(keep_text(request, room, f"thread:{found.pk}"))


@login_required
@require_POST
def follow(request, pk):
    found, _room = thread_at(request, pk)
    follows = request.POST.get("follow") == "1"
    set_following(found, request.user, follows=follows)
    told = _("You are told of new posts here.") if follows else _("You are no longer told of it.")
    messages.success(request, told)
    return redirect("workshops:thread", pk=pk)


@login_required
@require_POST
def answered(request, pk):
    """The asker or a host names the post that answers the question, or opens it again."""
    found, room = thread_at(request, pk)
    if not can_mark_answered(request.user, found, room.standing):
        raise PermissionDenied
    chosen = request.POST.get("post", "")
    post = get_object_or_404(Post, pk=chosen, thread=found) if chosen.isdecimal() else None
    try:
        mark_answered(found, post, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(address_of(post) if post else reverse("workshops:thread", args=[pk]))


ACTS = {
    "pin": lambda thread, by: pin_thread(thread, pinned=True, by=by),
    "unpin": lambda thread, by: pin_thread(thread, pinned=False, by=by),
    "close": lambda thread, by: close_thread(thread, closed=True, by=by),
    "reopen": lambda thread, by: close_thread(thread, closed=False, by=by),
}


@login_required
@require_POST
def keep(request, pk):
    """Pin, unpin, close, reopen: the hosts' and their office's."""
    found, room = thread_at(request, pk)
    room.require_moderates()
    if act := ACTS.get(request.POST.get("act", "")):
        act(found, request.user)
    return redirect("workshops:thread", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def move(request, pk):
    """Take a thread to another workshop of the family that one moderates, too."""
    found, room = thread_at(request, pk)
    room.require_moderates()
    family = Workshop.objects.with_place().open().family(found.workshop.main_id)
    targets = [one for one in family if one.pk != found.workshop_id]
    targets = [one for one in targets if room_of_family(request, one)]
    if request.method == "POST":
        chosen = request.POST.get("workshop", "")
        target = next((one for one in targets if str(one.pk) == chosen), None)
        if target is None:
            raise PermissionDenied
        try:
            move_thread(found, target, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("workshops:thread", pk=pk)
    context = frame(request, found, room) | {
        "targets": [(one.pk, title_of(one)) for one in targets],
    }
    return render(request, "workshops/talk/move.html", context)


def room_of_family(request, workshop):
    try:
        return room_of(request, workshop).moderates
    except Http404:
        return False
