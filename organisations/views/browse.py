from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from organisations import permissions
from organisations.models import Organisation, OrganisationPeriod
from organisations.panels import panels_for
from organisations.policy import READERS
from organisations.queries import ancestors

PER_PAGE = 50


@login_required
def index(request):
    """The viewer's own units, or what a search finds below them."""
    if not permissions.can_browse(request.user):
        raise PermissionDenied
    q = request.GET.get("q", "").strip()
    units = Organisation.objects.visible_to(request.user)
    if q:
        formerly = OrganisationPeriod.objects.filter(name__icontains=q).values("organisation")
        called = Q(name__icontains=q) | Q(code__startswith=q.upper()) | Q(pk__in=formerly)
        units = units.filter(called)
    else:
        units = units.filter(path__in=request.user.appointed_paths(*READERS))
    listed = with_counts(units).select_related("parent").order_by("level", "code")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/index.html", {"page": page, "q": q})


@login_required
def unit(request, pk):
    """One unit: what stands below it, what it was called before, who serves it."""
    organisation = visible(request.user, pk)
    listed = with_counts(organisation.children.all()).order_by("valid_to", "level", "code")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/unit.html",
        {
            "organisation": organisation,
            "trail": trail_of(request.user, organisation),
            "page": page,
            "history": organisation.periods.select_related("parent").order_by("-valid_from"),
            "panels": panels_for(organisation, request.user),
            "may_change": permissions.can_change(request.user, organisation),
            "may_open": permissions.can_open_below(request.user, organisation)
            and organisation.valid_to is None,
        },
    )


def visible(user, pk):
    """The unit if the user may see it; otherwise it does not exist for them."""
    units = Organisation.objects.visible_to(user).select_related(
        "parent", "acting_county", "successor"
    )
    return get_object_or_404(units, pk=pk)


def trail_of(user, organisation):
    """The way from the province down; links only where the user may go."""
    return [
        (one.name, reverse("organisations:unit", args=[one.pk]))
        if permissions.can_see(user, one)
        else (one.name, "")
        for one in ancestors(organisation)
    ]


def with_counts(units):
    return units.annotate(below=Count("children", filter=Q(children__valid_to=None)))
