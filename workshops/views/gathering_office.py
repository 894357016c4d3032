"""Announcing, moving and calling off trainings and seminars; the minutes afterwards."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from programmes.domain.rulepacks import rule_pack_of
from workshops.domain.gatherings.announcing import (
    announce_seminar,
    announce_training,
    invite_hosts,
)
from workshops.domain.gatherings.changing import (
    add_meeting,
    cancel_gathering,
    move_meeting,
    set_capacity,
    write_minutes,
)
from workshops.domain.guidance_links import announce_activity
from workshops.forms.gathering import (
    CancelForm,
    CapacityForm,
    MinutesForm,
    MoveMeetingForm,
    SeminarForm,
    TimesForm,
    TrainingForm,
    initial_times,
)
from workshops.models import Meeting
from workshops.permissions.duty import can_write_plan
from workshops.queries.titles import title_of
from workshops.views.desk import field_choices
from workshops.views.door import led_workshop, year_or_404
from workshops.views.gatherings import about, led_gathering
from workshops.views.guidance import planned_activity
from workshops.views.office import office_unit

FORM = "workshops/gatherings/form.html"
BOTH = ["GET", "POST"]


def settled(request, form, act):
    """Whether the posted form was carried out; a refusal stands above the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act() or True
    except DomainError as refusal:
        form.add_error(None, str(refusal))


@login_required
@require_http_methods(BOTH)
def training_new(request):
    """A training of hosts (R37); the hosts who fit are invited at once."""
    unit, programme = office_unit(request), year_or_404()
    subjects, _topics = field_choices(rule_pack_of(programme))
    form = TrainingForm(unit, subjects, request.POST or None)

    def act():
        return announce_training(programme, unit, form.plan(), by=request.user)

    if made := settled(request, form, act):
        invited = made.attendees.count()
        sentence = ngettext("%(hosts)s host is invited.", "%(hosts)s hosts are invited.", invited)
        messages.success(request, sentence % {"hosts": invited})
        return redirect("workshops:gathering", pk=made.pk)
    return render(request, "workshops/gatherings/training_new.html", {"form": form, "unit": unit})


@login_required
@require_http_methods(BOTH)
def seminar_new(request, pk):
    """A seminar of a workshop; everybody there is told. Maybe one that its plan names."""
    workshop = led_workshop(request, pk)
    initial = initial_of_activity(request, workshop)
    form = SeminarForm(request.POST or None, request.FILES or None, initial=initial)

    def act():
        given = {"files": form.cleaned_data["files"], "by": request.user}
        if activity := form.cleaned_data["activity"]:
            require_plan(request, workshop)
            return announce_activity(workshop, activity, form.plan(), **given)
        return announce_seminar(workshop, form.plan(), **given)

    if made := settled(request, form, act):
        messages.success(request, _("Announced. Everybody of the workshop was told."))
        return redirect("workshops:gathering", pk=made.pk)
    context = {"form": form, "workshop": workshop, "title": title_of(workshop)}
    return render(request, "workshops/gatherings/seminar_new.html", context)


def require_plan(request, workshop):
    if not can_write_plan(request.user, workshop):
        raise PermissionDenied


def initial_of_activity(request, workshop):
    """What the guidance plan says of the activity in the address (``?activity=``)."""
    try:
        key = UUID(request.GET.get("activity", ""))
    except ValueError:
        return {}
    require_plan(request, workshop)
    planned = planned_activity(workshop, key)
    led = _("Led by %(name)s") % {"name": planned.leader} if planned.leader else ""
    return {"activity": key, "title": planned.title, "day": planned.on, "about": led}


@login_required
@require_POST
def invite_again(request, pk):
    """Hosts who were appointed after the first invitation."""
    found = led_gathering(request, pk)
    if found.is_training:
        invited = invite_hosts(found, by=request.user)
        sentence = ngettext(
            "%(hosts)s further host is invited.", "%(hosts)s further hosts are invited.", invited
        )
        messages.success(request, sentence % {"hosts": invited})
    return redirect("workshops:gathering", pk=pk)


def ask(request, found, form, **words):
    """The page of one form about a gathering."""
    return render(request, FORM, about(found) | {"form": form, **words})


def meeting_of(request, pk):
    """A meeting of a gathering that the user leads."""
    meeting = get_object_or_404(Meeting, pk=pk)
    meeting.gathering = led_gathering(request, meeting.gathering_id)
    return meeting


@login_required
@require_http_methods(BOTH)
def meeting_move(request, pk):
    meeting = meeting_of(request, pk)
    initial = initial_times(meeting) | {"place": meeting.gathering.place}
    form = MoveMeetingForm(request.POST or None, initial=initial)

    def act():
        place = form.cleaned_data["place"]
        return move_meeting(meeting, **form.times(), place=place, by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Moved. Everybody concerned was told."))
        return redirect("workshops:gathering", pk=meeting.gathering_id)
    words = {
        "heading": _("Reschedule"),
        "lead": _("Whoever was invited or has signed up finds the new time in the inbox."),
        "submit": _("Reschedule"),
    }
    return ask(request, meeting.gathering, form, **words)


@login_required
@require_http_methods(BOTH)
def meeting_new(request, pk):
    found = led_gathering(request, pk)
    form = TimesForm(request.POST or None)

    def act():
        return add_meeting(found, **form.times(), by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("workshops:gathering", pk=pk)
    words = {
        "heading": _("Another meeting"),
        "lead": _("People check in at each meeting; the hours are for who was at all of them."),
        "submit": _("Save"),
    }
    return ask(request, found, form, **words)


@login_required
@require_http_methods(BOTH)
def capacity(request, pk):
    found = led_gathering(request, pk)
    form = CapacityForm(request.POST or None, initial={"capacity": found.capacity})

    def act():
        set_capacity(found, form.cleaned_data["capacity"], by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("workshops:gathering", pk=pk)
    return ask(request, found, form, heading=_("Number of places"), submit=_("Save"))


@login_required
@require_http_methods(BOTH)
def cancel(request, pk):
    found = led_gathering(request, pk)
    form = CancelForm(request.POST or None)

    def act():
        cancel_gathering(found, why=form.cleaned_data["why"], by=request.user)

    if settled(request, form, act):
        messages.success(request, _("Called off. Everybody concerned was told."))
        return redirect("workshops:gathering", pk=pk)
    words = {
        "heading": _("Call it off"),
        "lead": _("It stays on record with the reason; everybody concerned is told."),
        "submit": _("Call off"),
        "stop": True,
    }
    return ask(request, found, form, **words)


@login_required
@require_http_methods(BOTH)
def minutes(request, pk):
    found = led_gathering(request, pk)
    form = MinutesForm(
        request.POST or None, request.FILES or None, initial={"minutes": found.minutes}
    )

    def act():
        given = form.cleaned_data
        write_minutes(found, given["minutes"], by=request.user, files=given["files"])

    if settled(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("workshops:gathering", pk=pk)
    return ask(request, found, form, heading=_("Minutes"), submit=_("Save"))
