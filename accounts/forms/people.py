from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from organisations.forms.fields import OrganisationField


class PersonForm(forms.Form):
    """What is on record of a person. The domain checks and cleans each field."""

    real_name = forms.CharField(
        label=_("Real name"), max_length=60, help_text=_("As on the ID card; “·” between parts.")
    )
    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        required=False,
        help_text=_("Left empty, the teacher number becomes the account name."),
    )
    teacher_number = forms.CharField(label=_("Teacher number"), max_length=40, required=False)
    phone = forms.CharField(label=_("Mobile number"), max_length=30, required=False)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=30,
        required=False,
        help_text=_("Stored encrypted and never shown again in full."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChangePersonForm(PersonForm):
    """The same for somebody on record; an empty ID number leaves the one that is there."""

    why = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].required = True
        self.fields["username"].help_text = _("A new account name signs the person out.")
        self.fields["id_number"].help_text = _("Leave it empty to keep the one on record.")


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Stands in the record, with your name.")
    )


class MovePersonForm(WhyForm):
    school = OrganisationField(label=_("New organisation"))

    field_order = ["school", "why"]

    def __init__(self, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].units = units


class AppointForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    organisation = OrganisationField(
        label=_("Organisation"), help_text=_("It holds there and everywhere below.")
    )
    starts_on = forms.DateField(
        label=_("First day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, it holds until somebody ends it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, roles, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        self.fields["organisation"].units = units
