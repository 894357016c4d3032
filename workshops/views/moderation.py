"""Reporting, hiding, restoring, warning: the hosts' acts in their own workshops."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from core.errors import DomainError
from workshops.domain.moderation import (
    hide_post,
    keep_post,
    mute,
    report_post,
    restore_post,
    unmute,
    warn,
)
from workshops.forms.moderation import ReasonForm, SanctionForm
from workshops.models import Post, Sanction
from workshops.permissions.moderation import can_report
from workshops.queries.moderation import hidden_here, noticed_posts, reported_posts, sanctions_here
from workshops.queries.titles import title_of
from workshops.views.talk_door import post_at, room_at, room_of
from workshops.views.threads import address_of


def asked(request, form, act, context, *, after, done):
    """One form that asks for a reason; a refusal shows it again with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(after)
    status = 422 if form.errors else 200
    return render(request, "workshops/talk/ask.html", context | {"form": form}, status=status)


def about(post, **words):
    workshop = post.thread.workshop
    return {
        "post": post,
        "thread": post.thread,
        "workshop": workshop,
        "title": title_of(workshop),
        "back": address_of(post),
    } | words


@login_required
@require_http_methods(["GET", "POST"])
def report(request, pk):
    """Any reader tells the hosts."""
    post, _room = post_at(request, pk)
    if not can_report(request.user, post):
        raise PermissionDenied
    return asked(
        request,
        ReasonForm(request.POST or None),
        lambda given: report_post(post, why=given["why"], by=request.user),
        about(
            post,
            heading=_("Report this post"),
            submit=_("Report"),
            lead=_("The hosts look at it; nobody else learns who reported."),
        ),
        after=address_of(post),
        done=_("Reported. The hosts will look at it."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def hide(request, pk):
    post, room = post_at(request, pk)
    room.require_moderates()
    return asked(
        request,
        ReasonForm(request.POST or None),
        lambda given: hide_post(post, why=given["why"], by=request.user),
        about(
            post,
            heading=_("Hide this post"),
            submit=_("Hide"),
            stop=True,
            lead=_(
                "Its author learns the reason and may appeal to the level above."
                " You can show it again."
            ),
        ),
        after=address_of(post),
        done=_("The post is hidden; its author has been told why."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def restore(request, pk):
    post, room = post_at(request, pk)
    room.require_moderates()
    return asked(
        request,
        ReasonForm(request.POST or None),
        lambda given: restore_post(post, why=given["why"], by=request.user),
        about(
            post,
            heading=_("Show this post again"),
            submit=_("Show it again"),
            lead=_("Everybody in the workshop sees it; the reason stays on record."),
        ),
        after=address_of(post),
        done=_("The post is shown again."),
    )


@login_required
@require_POST
def let_stand(request, pk):
    """The reports are settled, the post stays."""
    post, room = post_at(request, pk)
    room.require_moderates()
    try:
        keep_post(post, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The post stays; the reports are settled."))
    return redirect("workshops:moderation", pk=post.thread.workshop_id)


def own_room(request, pk):
    room = room_at(request, pk)
    room.require_moderates()
    return room


@login_required
@require_GET
def desk(request, pk):
    """What was reported, what is hidden, who may only read."""
    room = own_room(request, pk)
    context = {
        "workshop": room.workshop,
        "title": title_of(room.workshop),
        "reported": reported_posts(room.workshop, request.user),
        "noticed": noticed_posts(room.workshop),
        "hidden": hidden_here(room.workshop),
        "muted": sanctions_here(room.workshop),
    }
    return render(request, "workshops/talk/moderation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sanction(request, pk, user):
    """Warn somebody who wrote here, or let them only read for a time."""
    room = own_room(request, pk)
    person = get_object_or_404(User, pk=user)
    wrote = Post.objects.filter(thread__workshop=room.workshop, author=person).exists()
    if not wrote or person.pk == request.user.pk:
        raise Http404

    def act(given):
        if days := int(given["days"]):
            mute(room.workshop, person, days=days, why=given["why"], by=request.user)
        else:
            warn(room.workshop, person, why=given["why"], by=request.user)

    words = {
        "workshop": room.workshop,
        "title": title_of(room.workshop),
        "heading": _("Warn %(name)s") % {"name": person.real_name},
        "submit": _("Send"),
        "lead": _("It counts in this workshop only, and the reason goes to the inbox."),
        "back": reverse("workshops:moderation", args=[pk]),
        "stop": True,
    }
    form = SanctionForm(request.POST or None, initial={"days": "0"})
    return asked(request, form, act, words, after=words["back"], done=_("Said, and on record."))


@login_required
@require_POST
def lift(request, pk):
    """Let somebody write again before the time is over."""
    rows = Sanction.objects.select_related("workshop__organisation", "workshop__programme")
    found = get_object_or_404(rows, pk=pk)
    room_of(request, found.workshop).require_moderates()
    unmute(found, by=request.user)
    messages.success(request, _("This person can write again."))
    return redirect("workshops:moderation", pk=found.workshop_id)
