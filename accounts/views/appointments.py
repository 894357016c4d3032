from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.domain.appointments import appoint, end_appointment
from accounts.enums import Role
from accounts.forms.people import AppointForm, WhyForm
from accounts.models import Appointment
from accounts.views.people import visible_person
from accounts.views.upkeep import asked_why
from core.errors import DomainError
from organisations.models import Organisation


@login_required
def add(request, pk):
    """Give somebody a role at one's own unit or below."""
    person = visible_person(request.user, pk)
    if not request.user.appointed_paths(*permissions.GRANTS):
        raise PermissionDenied
    form = AppointForm(
        grantable(request.user),
        units(request.user),
        request.POST or None,
        initial=at_school(person),
    )
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        if not permissions.can_appoint(request.user, entered["role"], entered["organisation"]):
            raise PermissionDenied
        try:
            appoint(person, by=request.user, **entered)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Appointed. It holds with the person's next sign-in."))
            return redirect("accounts:person", pk=pk)
    return render(request, "accounts/appoint.html", {"form": form, "person": person})


@login_required
def end(request, pk):
    visible = Appointment.objects.visible_to(request.user)
    appointment = get_object_or_404(visible.select_related("user", "organisation"), pk=pk)
    if not permissions.can_end_appointment(request.user, appointment):
        raise PermissionDenied
    return asked_why(
        request,
        appointment.user,
        WhyForm(request.POST or None),
        lambda entered: end_appointment(appointment, by=request.user, **entered),
        heading=_("End an appointment of %(name)s?"),
        sentence=_("%(role)s at %(unit)s: ends at this moment, and the person is signed out.")
        % {"role": appointment.get_role_display(), "unit": appointment.organisation.name},
        submit=_("End the appointment"),
        done=_("The appointment has ended."),
        stop=True,
    )


def grantable(user):
    """The roles that the user's own roles grant somewhere."""
    mine = {one.role for one in user.current_appointments}
    given = set().union(*(permissions.GRANTS.get(role, ()) for role in mine))
    return [role for role in Role.values if role in given]


def units(user):
    """Where the user may appoint at all; the pair of role and unit is asked once chosen."""
    return Organisation.objects.filter(user.scope("", *permissions.GRANTS))


def at_school(person):
    return {"organisation": person.school.code} if person.school else {}
