"""Lists of a unit's hosts: sent, passed on, returned, filed; who has not filed yet (R35)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from organisations.models import Organisation
from workshops.domain.host_lists.filing import review_list, send_list, take_back
from workshops.domain.host_lists.reminding import remind_units, set_last_day
from workshops.enums.hosting import OPEN_LIST_STATES, ListState
from workshops.forms.hosting import LastDayForm, ListReviewForm
from workshops.models import ListDay, ListVersion
from workshops.permissions.hosting import (
    calling_office,
    can_keep_list,
    can_remind,
    can_review_list,
    can_see_list,
    listing_unit,
    overseen_unit,
)
from workshops.queries.host_lists import (
    current_rows,
    difference,
    entries_of,
    filed_before,
    list_sums,
    narrowed,
    steps_of,
    units_with_lists,
    waiting_for,
)
from workshops.queries.titles import named_field
from workshops.views.door import year_or_404

PER_PAGE = 50
STEPS = {
    ListState.FORWARDED: gettext_lazy("Pass it on to the province"),
    ListState.FILED: gettext_lazy("File it"),
    ListState.RETURNED: gettext_lazy("Return it with a reason"),
}


@login_required
@require_GET
def host_lists(request):
    """Where every unit below stands; a county's officer is led to the own list."""
    above = overseen_unit(request.user)
    if above is None:
        own = listing_unit(request.user)
        if own is None:
            raise PermissionDenied
        return redirect("workshops:host_list", pk=own.pk)
    programme = year_or_404()
    units = units_with_lists(programme, above)
    wanted = {key: request.GET.get(key, "")[:40].strip() for key in ("show", "level", "q")}
    sums = list_sums(units)
    rows = narrowed(units, wanted["show"])
    if wanted["level"] in ("2", "3"):
        rows = rows.filter(level=int(wanted["level"]))
    if wanted["q"]:
        rows = rows.filter(name__startswith=wanted["q"])
    page = Paginator(rows.order_by("code"), PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.stands_label = ListState(one.stands).label if one.stands else ""
    day = ListDay.objects.filter(programme=programme).first()
    context = {
        "programme": programme,
        "above": above,
        "own": listing_unit(request.user),
        "sums": sums,
        "wanted": wanted,
        "page": page,
        "day": day,
        "late": day is not None and day.last_day < timezone.localdate(),
        "mine": waiting_for(above, programme),
        "reminds": can_remind(request.user, above),
        "form": day_form(request, day),
    }
    return render(request, "workshops/hosting/lists.html", context)


def day_form(request, day, data=None):
    """The province sets the last day; nobody else sees the form."""
    if calling_office(request.user) is None:
        return None
    return LastDayForm(data, initial={"last_day": day.last_day} if day else None)


@login_required
@require_POST
def list_day(request):
    """Set the last day."""
    if calling_office(request.user) is None:
        raise PermissionDenied
    form = LastDayForm(request.POST)
    if form.is_valid():
        set_last_day(year_or_404(), form.cleaned_data["last_day"], by=request.user)
        messages.success(request, _("The last day is set."))
    else:
        messages.error(request, _("Choose a day from the calendar."))
    return redirect("workshops:host_lists")


@login_required
@require_POST
def lists_remind(request):
    """Remind those whose list is missing, once a day."""
    above = overseen_unit(request.user)
    if above is None or not can_remind(request.user, above):
        raise PermissionDenied
    try:
        told = remind_units(year_or_404(), above, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(told)s officer is told.", "%(told)s officers are told.", told)
        none = _("Everybody who is missing was reminded today already.")
        messages.success(request, words % {"told": told} if told else none)
    return redirect("workshops:host_lists")


def seen_unit(request, pk):
    unit = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if not can_see_list(request.user, unit):
        raise Http404
    return unit


@login_required
@require_GET
def host_list(request, pk):
    """A unit's list as it would be sent today, the difference to what is filed, its versions."""
    unit, programme = seen_unit(request, pk), year_or_404()
    versions = list(
        ListVersion.objects.visible_to(request.user)
        .filter(host_list__programme=programme, host_list__organisation=unit)
        .order_by("-number")
    )
    newest = versions[0] if versions else None
    filed = next((one for one in versions if one.state == ListState.FILED), None)
    rows = current_rows(programme, unit)
    waits = newest is not None and newest.state in OPEN_LIST_STATES
    compared = difference(rows, entries_of(newest if waits else filed))
    keeps = can_keep_list(request.user, unit)
    context = {
        "programme": programme,
        "unit": unit,
        "lines": named(programme, rows),
        "versions": versions,
        "newest": newest,
        "filed": filed,
        "waits": waits,
        "compared": compared,
        "changes": changes(programme, compared) if waits or filed else [],
        "keeps": keeps,
        "sends": keeps and rows and not waits and (filed is None or compared),
        "takes_back": keeps and waits and newest.state == ListState.SENT,
        "day": ListDay.objects.filter(programme=programme).first(),
        "above": overseen_unit(request.user),
    }
    return render(request, "workshops/hosting/list.html", context)


def named(programme, rows):
    """Pairs of a row and the title of its subject."""
    return [(row, named_field(programme, row.field)) for row in rows]


def changes(programme, compared):
    """Lines of the difference: (kind, title of the subject, row, row before)."""
    lines = [("added", row, None) for row in compared.added]
    lines += [("changed", row, before) for before, row in compared.changed]
    lines += [("ended", row, None) for row in compared.ended]
    return [(kind, named_field(programme, row.field), row, old) for kind, row, old in lines]


@login_required
@require_POST
def list_send(request, pk):
    """Freeze today's hosts as the next version and send it."""
    unit = seen_unit(request, pk)
    if not can_keep_list(request.user, unit):
        raise PermissionDenied
    try:
        version = send_list(unit, year_or_404(), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("workshops:host_list", pk=pk)
    messages.success(request, _("Sent. The unit above has been told."))
    return redirect("workshops:list_version", pk=version.pk)


def seen_version(request, pk):
    place = "host_list__organisation__parent__parent"
    rows = ListVersion.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related(place, "host_list__programme"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def list_version(request, pk):
    """A version as it was sent, who signed, what differs; the unit above decides here."""
    version = seen_version(request, pk)
    programme, unit = version.host_list.programme, version.host_list.organisation
    reviews = can_review_list(request.user, version)
    if request.method == "POST" and not reviews:
        raise PermissionDenied
    steps = [(step, STEPS[step]) for step in ListState if step in steps_of(version)]
    form = ListReviewForm(steps, request.POST or None) if reviews else None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            review_list(version, given["step"], words=given["words"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Signed with your name; the unit has been told."))
            return redirect("workshops:host_lists")
    before, rows = filed_before(version), entries_of(version)
    compared = difference(rows, entries_of(before))
    context = {
        "programme": programme,
        "unit": unit,
        "version": version,
        "lines": named(programme, rows),
        "signatures": version.signatures.order_by("pk"),
        "before": before,
        "compared": compared,
        "changes": changes(programme, compared) if before else [],
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "workshops/hosting/version.html", context, status=status)


@login_required
@require_POST
def list_take_back(request, pk):
    """Take back what nobody above has passed on."""
    version = seen_version(request, pk)
    unit = version.host_list.organisation
    if not can_keep_list(request.user, unit):
        raise PermissionDenied
    try:
        take_back(version, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back; you can change your team and send it again."))
    return redirect("workshops:host_list", pk=unit.pk)
