from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.password_rule import RULE


def password_field(label, autocomplete="new-password", help_text=""):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=256,  # a longer one is an attack on the hasher
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice, checked against the rule for ``user``."""

    new_password = password_field(_("New password"), help_text=RULE)
    repeat = password_field(_("New password once more"))

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        new, repeat = cleaned.get("new_password"), cleaned.get("repeat")
        if new and repeat and new != repeat:
            self.add_error("repeat", _("The two passwords differ: type both once more."))
        elif new:
            self.check_rule(new)
        return cleaned

    def check_rule(self, new):
        try:
            validate_password(new, self.user)
        except forms.ValidationError as refusal:
            self.add_error("new_password", refusal)


class ChangePasswordForm(NewPasswordForm):
    """The same with the present password in front, unless the person has none."""

    current = password_field(_("Your current password"), "current-password")

    field_order = ["current", "new_password", "repeat"]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if not user.has_usable_password():
            del self.fields["current"]


class ActivationForm(NewPasswordForm):
    """The slip: account or phone, code, and the first password."""

    login = forms.CharField(
        label=_("Account name or phone"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Activation code"),
        max_length=30,
        help_text=_("Ten letters and digits from your slip; spaces and case do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    field_order = ["login", "code", "new_password", "repeat"]


class AskForResetForm(forms.Form):
    login = forms.CharField(
        label=_("Account name, phone or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
