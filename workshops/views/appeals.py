"""Appeals: the author asks, the level above decides."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workshops.domain.moderation import appeal as appeal_against
from workshops.domain.moderation import rule_appeal
from workshops.forms.moderation import ReasonForm, RulingForm
from workshops.models import Hiding
from workshops.permissions.moderation import can_rule
from workshops.permissions.seats import OFFICERS, can_open_desk
from workshops.queries.moderation import own_cases, with_case
from workshops.queries.titles import title_of
from workshops.views.moderation import about, asked

PER_PAGE = 30


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request, pk):
    """The author of a hidden post reads why it was hidden, and may appeal once.

    One's own words stay one's own: also who has left the workshop reads them here and appeals.
    """
    hiding = get_object_or_404(with_case(Hiding.objects.standing().filter(post=pk)))
    post = hiding.post
    if post.author_id != request.user.pk:
        raise Http404
    return asked(
        request,
        ReasonForm(request.POST or None),
        lambda given: appeal_against(post, text=given["why"], by=request.user),
        about(
            post,
            heading=_("Your post was hidden"),
            hiding=hiding,
            lead=_("If you think that is wrong, say why: the level above decides."),
            submit=_("Appeal"),
            back=reverse("workshops:own_hidden"),
        ),
        after=reverse("workshops:own_hidden"),
        done=_("Your appeal is with the level above; the decision comes to your inbox."),
    )


@login_required
@require_GET
def own_hidden(request):
    """One's own hidden and held posts, wherever they stand, with what became of the appeal."""
    page = Paginator(own_cases(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(one, title_of(one.thread.workshop)) for one in page]
    return render(request, "workshops/talk/own_hidden.html", {"page": page, "lines": lines})


@login_required
@require_GET
def waiting(request):
    """The appeals that are one's own to decide, the oldest first."""
    if not can_open_desk(request.user):
        raise PermissionDenied
    rows = Hiding.objects.awaiting().ruled_by_officers_like(request.user, *OFFICERS)
    cases = [(one, title_of(one.post.thread.workshop)) for one in with_case(rows)[:100]]
    return render(request, "workshops/talk/appeals.html", {"cases": cases})


@login_required
@require_http_methods(["GET", "POST"])
def rule(request, pk):
    """Read the post, the reason and the appeal; decide."""
    hiding = get_object_or_404(with_case(Hiding.objects.filter(appealed_at__isnull=False)), pk=pk)
    workshop = hiding.post.thread.workshop
    if not can_rule(request.user, workshop):
        raise Http404

    def act(given):
        restore = given["restore"] == "1"
        rule_appeal(hiding, restore=restore, why=given["why"], by=request.user)

    words = {
        "post": hiding.post,
        "thread": hiding.post.thread,
        "title": title_of(workshop),
        "workshop": workshop,
        "hiding": hiding,
        "heading": _("Decide an appeal"),
        "submit": _("Give the decision"),
        "back": reverse("workshops:appeals"),
    }
    form = RulingForm(request.POST or None)
    return asked(
        request, form, act, words, after=words["back"], done=_("Decided; the author has been told.")
    )
