from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from credits.domain.ledger import reverse_entry
from credits.domain.requirements import ledger_lines, requirement_from
from credits.forms import ReasonForm
from credits.models import HourDispute, LedgerEntry, ManualAward, Registration
from credits.permissions import (
    can_propose_award_for,
    can_read_hours_of,
    can_reverse,
)
from programmes.domain.phases import phase_windows
from programmes.enums import Category, PhaseKey
from programmes.models import Programme
from programmes.queries import current_programme


def chosen_programme(request):
    """The year in the address, or the one under way."""
    if code := request.GET.get("programme"):
        return get_object_or_404(Programme, code=code)
    return current_programme()


@login_required
def mine(request):
    return _hours_page(request, request.user)


@login_required
def person(request, pk):
    """A person's hours, for the officers of the school and above."""
    found = get_object_or_404(
        User.objects.select_related("school__parent", "school__acting_county"), pk=pk
    )
    if not can_read_hours_of(request.user, found):
        raise PermissionDenied
    return _hours_page(request, found)


def _hours_page(request, user):
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "credits/no_programme.html")
    lines = ledger_lines(user, programme)
    requirement = requirement_from(lines, user, programme)
    registrations = Registration.objects.filter(user=user, programme=programme)
    context = {
        "person": user,
        "is_own": user.pk == request.user.pk,
        "programme": programme,
        "programmes": Programme.objects.defer("rule_pack").order_by("-year"),
        "requirement": requirement,
        "missing": _missing(requirement, programme, user.school),
        "lines": _with_reversals(lines, requirement),
        "registration": registrations.select_related("certificate").order_by("-pk").first(),
        "disputes": HourDispute.objects.filter(user=user, programme=programme).order_by("-pk"),
        "awards": ManualAward.objects.filter(user=user, programme=programme, entry=None).order_by(
            "-pk"
        ),
        "can_propose": can_propose_award_for(request.user, user),
        "can_reverse": any(can_reverse(request.user, line) for line in _owned(lines[:1], user)),
    }
    return render(request, "credits/mine.html", context)


def _owned(lines, user):
    for line in lines:
        line.user = user
    return lines


def _missing(requirement, programme, school):
    """Each part that lacks hours, with the last day on which they can be earned."""
    keys = [PhaseKey.REQUIRED_STUDY, PhaseKey.CREDIT_REGISTRATION]
    windows = phase_windows(programme, school, keys=keys)
    for part in requirement.parts:
        if part.complete:
            continue
        key = keys[0] if part.category == Category.REQUIRED else keys[1]
        window = windows.get(key) or windows.get(keys[1])
        yield {"part": part, "last_day": window.last_day if window else None}


def _with_reversals(lines, requirement):
    """The newest first; a line that was taken back stands beside the one that did it."""
    back = {line.reverses_id for line in lines if line.reverses_id}
    titles = {part.key: part.title for part in requirement.parts}
    for line in reversed(lines):
        late = requirement.closes_at is not None and line.earned_at >= requirement.closes_at
        yield {
            "line": line,
            "part": titles.get(line.part, line.part),
            "is_back": line.pk in back,
            "is_late": late and line.reverses_id is None,
        }


@login_required
def reverse(request, pk):
    """Take a line back, with the reason."""
    lines = LedgerEntry.objects.visible_to(request.user)
    entry = get_object_or_404(
        lines.select_related("user__school__parent", "user__school__acting_county"), pk=pk
    )
    if not can_reverse(request.user, entry):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reverse_entry(entry, by=request.user, why=form.cleaned_data["why"])
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The hours were taken back; the teacher has been told."))
        return redirect("credits:person", pk=entry.user_id)
    return render(request, "credits/reverse.html", {"entry": entry, "form": form})
