from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.enums import Level, SchoolKind
from organisations.forms.fields import OrganisationField


class ChangeForm(forms.Form):
    """What every change of the tree asks: from which day, and why."""

    on = forms.DateField(
        label=_("Takes effect on"),
        initial=timezone.localdate,
        help_text=_("Today or earlier; reports of earlier days keep the former state."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Stands in the history, with your name.")
    )


class RenameForm(ChangeForm):
    name = forms.CharField(label=_("New name"), max_length=80)

    field_order = ["name", "on", "reason"]


class MoveForm(ChangeForm):
    parent = OrganisationField(label=_("New superior unit"))
    acting_county = OrganisationField(
        label=_("Unit acting as county"),
        required=False,
        help_text=_("Only for a school directly below a city: name or code."),
    )

    field_order = ["parent", "acting_county", "on", "reason"]

    def __init__(self, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].units = self.fields["acting_county"].units = units


class MergeForm(ChangeForm):
    into = OrganisationField(label=_("Taken over by"))

    field_order = ["into", "on", "reason"]

    def __init__(self, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].units = units


class CloseForm(ChangeForm):
    pass


class ActingCountyForm(forms.Form):
    unit = OrganisationField(label=_("Unit acting as county"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].units = units


class OpenForm(forms.Form):
    """A new unit; what only schools have is asked only for schools."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int)
    name = forms.CharField(label=_("Full name"), max_length=80)
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Ten digits for a school, six for an administrative area."),
    )
    kind = forms.ChoiceField(label=_("Kind of school"), choices=SchoolKind, required=False)
    licence_number = forms.CharField(
        label=_("Licence number"),
        max_length=40,
        required=False,
        help_text=_("Of a kindergarten: the education department's licence."),
    )
    acting_county = OrganisationField(
        label=_("Unit acting as county"),
        required=False,
        help_text=_("Only for a school directly below a city: name or code."),
    )
    on = forms.DateField(
        label=_("Exists from"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, parent, units, *args, **kwargs):
        super().__init__(*args, **kwargs)
        below = [level for level in Level if level > parent.level]
        self.fields["level"].choices = [(level.value, level.label) for level in reversed(below)]
        self.fields["acting_county"].units = units
        if parent.level != Level.CITY:
            del self.fields["acting_county"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("level") != Level.SCHOOL:
            cleaned |= {"kind": "", "licence_number": "", "acting_county": None}
        elif not cleaned.get("kind"):
            self.add_error("kind", _("Say what kind of school it is."))
        return cleaned
