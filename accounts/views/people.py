from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import permissions
from accounts.domain.identity import mask_id_number, mask_phone
from accounts.domain.lookup import looks_like_a_number, person_by_number
from accounts.domain.people import add_person, change_person
from accounts.domain.second_factor import has_second_factor
from accounts.forms.people import ChangePersonForm, PersonForm
from accounts.models import User
from accounts.queries import people_list, recent_acts
from core.errors import DomainError
from organisations.models import Organisation

PER_PAGE = 50


@login_required
def people(request):
    """The people in the viewer's reach, by name, unit and state."""
    if not permissions.can_open_people(request.user):
        raise PermissionDenied
    called, state = request.GET.get("q", "").strip()[:40], request.GET.get("state", "")
    unit = chosen_unit(request)
    listed = people_list(request.user, called=called, unit=unit, state=state)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "q": called,
            "state": state,
            "unit": unit,
            "may_add": unit is not None and permissions.can_manage_people(request.user, unit),
        },
    )


@login_required
@require_POST
def find(request):
    """One box for a name or a number; a number is looked up here and never enters an address."""
    if not permissions.can_open_people(request.user):
        raise PermissionDenied
    text = request.POST.get("q", "").strip()[:60]
    if looks_like_a_number(text) and (found := person_by_number(request.user, text)):
        return redirect("accounts:person", pk=found.pk)
    asked = {name: request.POST.get(name, "") for name in ("unit", "state")}
    if looks_like_a_number(text) and not is_account(request.user, text):
        messages.error(request, _("Nobody within your reach has this number: check its digits."))
        text = ""
    query = urlencode({name: value for name, value in {"q": text, **asked}.items() if value})
    return redirect(f"{reverse('accounts:people')}?{query}")


def is_account(user, text):
    return people_list(user, called=text).exists()


def chosen_unit(request):
    """The unit the list is narrowed to, when the viewer may see it."""
    pk = request.GET.get("unit", "")
    if not pk.isdecimal():
        return None
    return Organisation.objects.visible_to(request.user).filter(pk=pk).first()


@login_required
def person(request, pk):
    """What is on record of one person, and what the viewer may do about it."""
    found = visible_person(request.user, pk)
    if found == request.user:
        return redirect("accounts:profile")
    may_change = permissions.can_change_person(request.user, found)
    appointments = found.appointments.select_related("organisation", "appointed_by")
    return render(
        request,
        "accounts/person.html",
        {
            "person": found,
            "masked_id": mask_id_number(found),
            "phone": found.phone if may_change else mask_phone(found.phone),
            "may_change": may_change,
            "may_appoint": bool(request.user.appointed_paths(*permissions.GRANTS))
            and found.is_active,
            "appointments": [
                (one, permissions.can_end_appointment(request.user, one))
                for one in appointments.order_by("-ended_at", "-starts_on")
            ],
            "second_factor": may_change and has_second_factor(found),
            "acts": recent_acts(found).exclude(verb="accounts.signed_in")[:20]
            if may_change
            else [],
        },
    )


def visible_person(user, pk):
    """Somebody in the reach of a viewer who works with people; nobody else exists here."""
    if not permissions.can_open_people(user):
        raise PermissionDenied
    return get_object_or_404(User.objects.visible_to(user).select_related("school"), pk=pk)


def changeable_person(user, pk):
    found = visible_person(user, pk)
    if not permissions.can_change_person(user, found):
        raise PermissionDenied
    return found


@login_required
def add(request, unit):
    """Enter a person at a unit."""
    unit = get_object_or_404(Organisation.objects.visible_to(request.user), pk=unit)
    if not permissions.can_manage_people(request.user, unit):
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = add_person(school=unit, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Entered. Hand out a slip so that the person can set a password.")
            )
            return redirect("accounts:person", pk=found.pk)
    return render(request, "accounts/add.html", {"form": form, "unit": unit})


@login_required
def change(request, pk):
    """Correct what is on record."""
    found = changeable_person(request.user, pk)
    known = {
        name: getattr(found, name) or ""
        for name in ("real_name", "username", "teacher_number", "phone")
    }
    form = ChangePersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(found, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The record is corrected."))
            return redirect("accounts:person", pk=pk)
    return render(request, "accounts/change.html", {"form": form, "person": found})
