"""The school's list: who is entered, who is missing, and entering them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.enums import Role
from core.errors import DomainError
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.enrolments import enter_enrolment, opt_into_contests
from programmes.domain.phases import phase_window
from programmes.domain.rosters import enter_as_last_year, enter_people
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState, PhaseKey
from programmes.forms import PlaceForm, SelectedForm
from programmes.models import Enrolment
from programmes.permissions import (
    can_enter_enrolments,
    can_opt_into_contests,
    can_read_school_list,
)
from programmes.queries import (
    current_programme,
    filtered,
    missing_people,
    school_counts,
    with_last_place,
)
from programmes.views.rows import enrolment_rows, subject_titles

PER_PAGE = 50
SCHOOL_ROLES = {Role.PRINCIPAL, Role.ADMINISTRATOR, Role.PROJECT_OFFICER, Role.AUDITOR}


@login_required
def choose(request):
    """The schools where the user is appointed; the list itself when there is one only."""
    held = {
        appointment.organisation
        for appointment in request.user.current_appointments
        if appointment.organisation.level == Level.SCHOOL and appointment.role in SCHOOL_ROLES
    }
    if not held:
        raise PermissionDenied
    if len(held) == 1:
        return redirect("programmes:school_list", held.pop().pk)
    schools = sorted(held, key=lambda school: school.name)
    return render(request, "programmes/schools.html", {"schools": schools})


@login_required
def people(request, pk):
    programme, school = asked_for(request, pk)
    state = request.GET.get("state", "")
    state = state if state in EnrolmentState.values else ""
    name = request.GET.get("name", "").strip()
    listed = Enrolment.objects.filter(programme=programme, school=school)
    listed = filtered(listed, state=state, name=name).select_related("user")
    page = Paginator(listed.order_by("user__real_name", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "programmes/school.html",
        frame(request, programme, school)
        | {
            "page": page,
            "rows": enrolment_rows(page, rule_pack_of(programme), request.user, school),
            "state": state,
            "states": EnrolmentState.choices,
            "name": name,
        },
    )


@login_required
def missing(request, pk):
    programme, school = asked_for(request, pk)
    pack = rule_pack_of(programme)
    waiting = with_last_place(missing_people(programme, school), programme)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    titles = subject_titles(pack)
    rows = [(person, titles.get(person.last_place, "")) for person in page]
    context = {
        "page": page,
        "rows": rows,
        "form": SelectedForm(
            pack=pack, school=school, any_last=any(title for _person, title in rows)
        ),
    }
    return render(request, "programmes/missing.html", frame(request, programme, school) | context)


@login_required
@require_POST
def enter_selected(request, pk):
    programme, school = asked_for(request, pk)
    if not can_enter_enrolments(request.user, school):
        raise PermissionDenied
    data = request.POST.copy()
    if only := data.get("only"):  # the button of one row, as last year
        data.setlist("people", [only])
        data["field"] = "last"
    ids = [value for value in data.getlist("people") if value.isdecimal()]
    form = SelectedForm(data, pack=rule_pack_of(programme), school=school, ids=ids)
    if not ids or not form.is_valid():
        messages.error(request, _("Tick the people and choose a stage and subject."))
        return redirect("programmes:missing", school.pk)
    chosen, field = form.cleaned_data["people"], form.cleaned_data["field"]
    try:
        if field == "last":
            outcome = enter_as_last_year(programme, school, chosen, by=request.user)
        else:
            stage, subject = field.split(" ")
            outcome = enter_people(
                programme, school, chosen, stage=stage, subject=subject, by=request.user
            )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        say_outcome(request, outcome, len(chosen))
    return redirect("programmes:missing", school.pk)


def say_outcome(request, outcome, chosen):
    if outcome.entered:
        text = ngettext(
            "%(count)s person was entered and asked to confirm.",
            "%(count)s people were entered and asked to confirm.",
            outcome.entered,
        )
        messages.success(request, text % {"count": outcome.entered})
    if left := chosen - outcome.entered:
        text = ngettext(
            "%(count)s person could not be entered this way; open the person's own form.",
            "%(count)s people could not be entered this way; open their own forms.",
            left,
        )
        messages.warning(request, text % {"count": left})


@login_required
def enter_one(request, pk, user_pk):
    programme, school = asked_for(request, pk)
    if not can_enter_enrolments(request.user, school):
        raise PermissionDenied
    person = get_object_or_404(school.people.filter(is_active=True), pk=user_pk)
    form = PlaceForm(request.POST or None, pack=rule_pack_of(programme), school=school)
    if form.is_valid():
        try:
            enter_enrolment(person, programme, school=school, by=request.user, **form.place())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s was entered and asked to confirm.") % {"name": person.real_name},
            )
            return redirect("programmes:missing", school.pk)
    context = {"form": form, "person": person}
    return render(request, "programmes/enter_one.html", frame(request, programme, school) | context)


@login_required
@require_POST
def opt_in(request, pk):
    found = Enrolment.objects.visible_to(request.user).select_related("school__acting_county")
    enrolment = get_object_or_404(found, pk=pk)
    if not can_opt_into_contests(request.user, enrolment):
        raise PermissionDenied
    try:
        opt_into_contests(enrolment, request.POST.get("opted_in") == "yes", by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("programmes:school_list", enrolment.school_id)


def asked_for(request, pk):
    """The current year and the school, when the user may read its list."""
    schools = Organisation.objects.select_related("acting_county", "parent")
    school = get_object_or_404(schools, pk=pk, level=Level.SCHOOL)
    if not can_read_school_list(request.user, school):
        raise PermissionDenied
    programme = current_programme()
    if programme is None:
        raise Http404
    return programme, school


def frame(request, programme, school):
    """What both tabs of a school show."""
    return {
        "programme": programme,
        "school": school,
        "counts": school_counts(programme, school),
        "window": phase_window(programme, PhaseKey.ENROLMENT, school),
        "may_enter": can_enter_enrolments(request.user, school),
    }
