"""Acts about a person that ask for a reason: move, deactivate, reactivate, a lost phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.domain.people import deactivate_person, move_person, reactivate_person
from accounts.domain.second_factor import remove_second_factor
from accounts.enums import PEOPLE_KEEPERS
from accounts.forms.people import MovePersonForm, WhyForm
from accounts.views.people import changeable_person
from core.errors import DomainError
from organisations.models import Organisation


@login_required
def move(request, pk):
    person = changeable_person(request.user, pk)
    units = Organisation.objects.filter(request.user.scope("", *PEOPLE_KEEPERS))

    def act(entered):
        if not permissions.can_move_person(request.user, person, entered["school"]):
            raise PermissionDenied
        move_person(person, by=request.user, **entered)

    return asked_why(
        request,
        person,
        MovePersonForm(units, request.POST or None),
        act,
        heading=_("Where does %(name)s work now?"),
        sentence=_("Enrolments and class hours stay as they are; only the unit changes."),
        submit=_("Move the person"),
        done=_("The person belongs to the new unit."),
    )


@login_required
def deactivate(request, pk):
    person = changeable_person(request.user, pk)
    return asked_why(
        request,
        person,
        WhyForm(request.POST or None),
        lambda entered: deactivate_person(person, by=request.user, **entered),
        heading=_("Deactivate the account of %(name)s?"),
        sentence=_(
            "Nobody can sign in with it any more; sessions and appointments end at once. "
            "What was earned stays on record."
        ),
        submit=_("Deactivate"),
        done=_("The account is deactivated."),
        stop=True,
    )


@login_required
def reactivate(request, pk):
    person = changeable_person(request.user, pk)
    return asked_why(
        request,
        person,
        WhyForm(request.POST or None),
        lambda entered: reactivate_person(person, by=request.user, **entered),
        heading=_("Reactivate the account of %(name)s?"),
        sentence=_("The old password works again; appointments are given anew."),
        submit=_("Reactivate"),
        done=_("The account is active again."),
    )


@login_required
def remove_factor(request, pk):
    person = changeable_person(request.user, pk)
    return asked_why(
        request,
        person,
        WhyForm(request.POST or None),
        lambda entered: remove_second_factor(person, by=request.user, **entered),
        heading=_("Remove the second factor of %(name)s?"),
        sentence=_(
            "Make sure in person or by phone that it is really them. They are signed out and "
            "set up a new one at the next sign-in."
        ),
        submit=_("Remove the second factor"),
        done=_("The second factor is removed."),
        stop=True,
    )


def asked_why(request, person, form, act, *, heading, sentence, submit, done, stop=False):
    """Say what will happen, ask why, do it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("accounts:person", pk=person.pk)
    page = {"person": person, "form": form, "sentence": sentence, "submit": submit, "stop": stop}
    page["heading"] = heading % {"name": person.real_name}
    return render(request, "accounts/act.html", page)
