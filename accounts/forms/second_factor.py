from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.attempts import SECOND_FACTOR, give_back, take_attempt
from core.actor import current_address

CODE_ATTRS = {"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}


class CountedCode:
    """Counts each code that is tried, and gives a right one back."""

    def clean_code(self):
        keys = take_attempt(
            "second_factor",
            SECOND_FACTOR,
            account=f"user:{self.user.pk}",
            source=current_address(),
        )
        code = super().clean_code()
        give_back(keys)
        return code


class AuthenticateForm(CountedCode, allauth_forms.AuthenticateForm):
    code = forms.CharField(
        label=_("Code from your authenticator app, or a recovery code"),
        max_length=32,
        widget=forms.TextInput(attrs={**CODE_ATTRS, "inputmode": "text"}),
    )


class ReauthenticateForm(CountedCode, allauth_forms.ReauthenticateForm):
    code = AuthenticateForm.base_fields["code"]


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    code = forms.CharField(
        label=_("Six digits from the app"),
        max_length=6,
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )
