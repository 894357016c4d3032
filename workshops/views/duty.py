"""Who is on duty, and what comes; one's own calendar and absences."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import DomainError
from workshops.domain.duty.calendar import calendar_of
from workshops.domain.duty.check_in import drop_absence, state_absence
from workshops.forms.duty import AbsenceForm
from workshops.models import DutyAbsence, Host
from workshops.permissions.duty import can_plan_duty
from workshops.queries.duty import on_duty, own_shifts, rota
from workshops.views.door import visible_workshop
from workshops.views.pages import frame_of

SHOWN_DAYS, PAST_DAYS = 28, 14
CALENDAR_SHIFTS = 500


@login_required
@require_GET
def rota_page(request, pk):
    """The rota of the next four weeks, and what became of the last two."""
    found = visible_workshop(request, pk)
    now = timezone.now()
    since, until = now - timedelta(days=PAST_DAYS), now + timedelta(days=SHOWN_DAYS)
    lines = rota(found.main_id, request.user, since, until)
    coming = [line for line in lines if line.shift.ends_at > now]
    serving = hosts_here(request, found)
    context = frame_of(request, found) | {
        "now": now,
        "on_duty": on_duty(found.main_id, now),
        "coming": coming,
        "past": [line for line in reversed(lines) if line.shift.ends_at <= now],
        "serves": serving,
        "may_check_in": next((line for line in coming if line.may_check_in), None),
        "offers": [line for line in coming if line.swap and line.swap.to_id == request.user.pk],
        "calls": [line for line in coming if line.cover and takes(request, line, serving)],
        "plans": can_plan_duty(request.user, found),
        "loads": loads_of(lines),
        "me": request.user.pk,
    }
    return render(request, "workshops/duty/duty.html", context)


def hosts_here(request, found):
    return Host.objects.current().filter(user=request.user, workshop=found.main_id).exists()


def takes(request, line, serving):
    return serving and line.shift.user_id != request.user.pk


def loads_of(lines):
    """How many of the shown shifts everybody has: name and number, the most first."""
    counted = {}
    for line in lines:
        if line.shift.user:
            counted[line.shift.user.real_name] = counted.get(line.shift.user.real_name, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


@login_required
@require_GET
def calendar(request):
    """One's own shifts for a calendar; whoever hosts nothing gets an empty one."""
    lines = own_shifts(request.user, CALENDAR_SHIFTS)
    text = calendar_of(lines, timezone.now(), request.get_host())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="duty.ics"'
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def absences(request):
    """Days on which one takes no shifts; for whoever hosts."""
    if not Host.objects.standing().filter(user=request.user).exists():
        raise PermissionDenied
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            state_absence(request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. The next rota leaves these days out."))
            return redirect("workshops:duty_absences")
    today = timezone.localdate()
    context = {
        "form": form,
        "absences": DutyAbsence.objects.filter(user=request.user, ends_on__gte=today).order_by(
            "starts_on"
        ),
        "lines": own_shifts(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "workshops/duty/absences.html", context, status=status)


@login_required
@require_POST
def absence_drop(request, pk):
    drop_absence(get_object_or_404(DutyAbsence, pk=pk, user=request.user), by=request.user)
    messages.success(request, _("Taken back; the next rota counts on you."))
    return redirect("workshops:duty_absences")
