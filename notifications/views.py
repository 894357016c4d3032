"""The inbox, its settings, and the link that stops mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications.domain.inbox import line_of, mark_read, unread_count
from notifications.domain.preferences import (
    StopLinkBroken,
    check_stop_token,
    preference_of,
    set_preference,
    stop_mails,
)
from notifications.domain.texts import optional_kinds
from notifications.forms import PreferenceForm
from notifications.models import Notification

PER_PAGE = 50


@login_required
def inbox(request):
    only_unread = request.GET.get("show") == "unread"
    listed = Notification.objects.visible_to(request.user).newest_first()
    if only_unread:
        listed = listed.unread()
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line_of(notice) for notice in page],
        "unread": unread_count(request.user),
        "only_unread": only_unread,
    }
    return render(request, "notifications/inbox.html", context)


@login_required
def follow(request, pk):
    """Opens what a notice is about and marks it as read."""
    notice = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    mark_read(request.user, notice.pk)
    return redirect(notice.url or "notifications:inbox")


@login_required
@require_POST
def read_all(request):
    mark_read(request.user)
    messages.success(request, _("Everything is marked as read."))
    return redirect("notifications:inbox")


@login_required
def preferences(request):
    preference = preference_of(request.user)
    initial = {
        "daily_digest": preference.daily_digest,
        "urgent_mail": preference.urgent_mail,
        "wanted": [one for one, _words in optional_kinds() if one not in preference.silenced],
    }
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wishes = form.cleaned_data
        wanted = wishes.pop("wanted")
        silenced = [one for one, _words in optional_kinds() if one not in wanted]
        set_preference(request.user, by=request.user, silenced=silenced, **wishes)
        messages.success(request, _("Your wishes are saved."))
        return redirect("notifications:preferences")
    context = {"form": form, "has_address": bool(request.user.email)}
    return render(request, "notifications/preferences.html", context)


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """From a mail, without signing in: asks once, then turns that kind of mail off."""
    try:
        kind = check_stop_token(token)
        if request.method == "POST":
            stop_mails(token)
    except StopLinkBroken as refusal:
        messages.error(request, str(refusal))
        return render(request, "notifications/stop.html", {"broken": True}, status=404)
    context = {"kind": kind, "done": request.method == "POST"}
    return render(request, "notifications/stop.html", context)
