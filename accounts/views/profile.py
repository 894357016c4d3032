from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.domain.attempts import CLAIM, take_attempt
from accounts.domain.identity import mask_id_number
from accounts.domain.passwords import end_sessions
from accounts.domain.people import change_person
from accounts.domain.resets import ask_for_email_link, confirm_email, forget_email
from accounts.domain.second_factor import needs_second_factor
from accounts.forms.profile import EmailForm, PhoneForm
from accounts.queries import recent_acts
from core.actor import current_address
from core.errors import DomainError


@login_required
@never_cache
def profile(request):
    """One's own page: what is on record, how one signs in, and from where one did."""
    person = request.user
    authenticators = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    return render(
        request,
        "accounts/profile.html",
        {
            "person": person,
            "masked_id": mask_id_number(person),
            "second_factor": "totp" in set(authenticators),
            "second_factor_needed": needs_second_factor(person),
            "sign_ins": recent_acts(person, "accounts.signed_in")[:10],
        },
    )


@login_required
def change_email(request):
    """Have a link sent to a new address."""
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        ask_for_email_link(request.user, form.cleaned_data["email"])
        messages.success(request, _("A link is on its way to that address. It works for 24 hours."))
        return redirect("accounts:profile")
    return render(request, "accounts/change_email.html", {"form": form})


@login_required
@never_cache
def confirm_own_email(request, token):
    """The link from the letter; a button, so that a mail scanner's visit changes nothing."""
    if request.method == "POST":
        try:
            confirm_email(request.user, token)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your e-mail address is confirmed."))
        return redirect("accounts:profile")
    return render(request, "accounts/confirm_email.html")


@login_required
@require_POST
def forget_own_email(request):
    forget_email(request.user, by=request.user)
    messages.success(request, _("The address is off your record."))
    return redirect("accounts:profile")


@login_required
def change_phone(request):
    """One's own number; tries are counted, for each answer tells whether a number is taken."""
    form = PhoneForm(request.POST or None, initial={"phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        take_attempt("claim", CLAIM, account=f"user:{request.user.pk}", source=current_address())
        try:
            change_person(request.user, by=request.user, phone=form.cleaned_data["phone"])
        except DomainError as refusal:
            form.add_error("phone", str(refusal))
        else:
            messages.success(request, _("Your mobile number is on record."))
            return redirect("accounts:profile")
    return render(request, "accounts/change_phone.html", {"form": form})


@login_required
def end_other_sessions(request):
    """Sign out everywhere else: after a lost device, or a forgotten office computer."""
    if request.method == "POST":
        update_session_auth_hash(request, end_sessions(request.user, by=request.user))
        messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:profile")
