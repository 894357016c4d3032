"""How allauth is fitted to this house: nobody signs up, every guess is counted."""

from __future__ import annotations

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.domain.attempts import SIGN_IN, give_back, take_attempt
from accounts.domain.identity_provider import person_of_claims
from accounts.domain.second_factor import needs_second_factor
from accounts.domain.secrets import open_secret, seal_secret
from accounts.domain.sign_in import person_by_login
from accounts.errors import WrongPassword
from core.actor import current_address

WRONG = _(
    "Account and password do not go together: check both, or set a new password with "
    "“Forgot password”."
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "incorrect_password": WrongPassword.message,
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """Counts the attempt before it is made, and gives it back when it was right."""
        typed = credentials.get("username", "")
        person = person_by_login(typed)
        account = f"user:{person.pk}" if person else f"typed:{typed.strip().lower()}"
        keys = take_attempt("sign_in", SIGN_IN, account=account, source=current_address())
        user = super().authenticate(request, **credentials)
        if user:
            give_back(keys)
        return user

    def pre_authenticate(self, request, **credentials):
        """Nothing: allauth's own count lives in one process's memory."""

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not within five minutes of a sign-in: the password was typed just now."""
        records = get_authentication_records(context.request, context.request.user)
        limit = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > limit for record in records)

    def respond_user_inactive(self, request, user):
        messages.error(request, WRONG)
        return redirect("account_login")


class MFAAdapter(DefaultMFAAdapter):
    """Keeps the seeds of second factors encrypted."""

    def encrypt(self, text):
        return seal_secret(text)

    def decrypt(self, encrypted_text):
        return open_secret(encrypted_text)

    def get_totp_label(self, user):
        return user.username

    def can_delete_authenticator(self, authenticator):
        """An officer's second factor stays; a lost phone is an administrator's matter."""
        return not needs_second_factor(authenticator.user)


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """The province's identity provider: it recognises people, it never adds them."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, **kwargs):
        text = _("The identity provider did not let you in: try again, or use your password here.")
        messages.error(request, text)
        raise ImmediateHttpResponse(redirect("account_login"))

    def pre_social_login(self, request, sociallogin):
        if sociallogin.is_existing:
            return
        person = person_of_claims(
            sociallogin.account.extra_data,
            teacher_number_claim=settings.OIDC_TEACHER_NUMBER_CLAIM,
            account_claim=settings.OIDC_ACCOUNT_CLAIM,
        )
        if person is None:
            messages.error(
                request,
                _(
                    "Nobody here has the account of the identity provider: ask your school to "
                    "enter your teacher number, then try again."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, person)
