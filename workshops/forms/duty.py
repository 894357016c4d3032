from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from workshops.forms.host import Day
from workshops.policy import DUTY_WEEKS

LENGTHS = (30, 60, 90, 120, 180, 240, 360, 480)


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class SchemeForm(forms.Form):
    """On which days and at which times a workshop is on duty."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        coerce=int,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    working_days_only = forms.BooleanField(
        label=_("Only on working days"),
        help_text=_("Holidays are left out; a Saturday that is worked counts if it is ticked."),
        required=False,
    )
    begins_at = forms.TimeField(label=_("The first shift begins at"), widget=Clock)
    shift_minutes = forms.TypedChoiceField(label=_("Length of a shift"), coerce=int)
    shifts_a_day = forms.IntegerField(label=_("Shifts a day"), min_value=1, max_value=12)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lengths = sorted({*LENGTHS, self.initial.get("shift_minutes", 120)})
        self.fields["shift_minutes"].choices = [
            (one, _("%(minutes)s minutes") % {"minutes": one}) for one in lengths
        ]


class SpanForm(forms.Form):
    """For which weeks the rota is planned."""

    first = forms.DateField(label=_("From"), widget=Day)
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=DUTY_WEEKS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = timezone.localdate() + timedelta(days=1)
        self.fields["weeks"].initial = 4


class AbsenceForm(forms.Form):
    starts_on = forms.DateField(label=_("First day"), widget=Day)
    ends_on = forms.DateField(label=_("Last day"), widget=Day)
    note = forms.CharField(label=_("Note for yourself"), max_length=60, required=False)


class GiveForm(forms.Form):
    """To whom a shift goes; "12" is a colleague, "12:34" the same for the shift 34 of theirs."""

    to = forms.ChoiceField(label=_("Offer it to"))

    def __init__(self, people, shifts, label, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.shifts = {str(one.pk): one for one in shifts}
        self.fields["to"].choices = [("", _("choose"))]
        for key, one in self.people.items():
            alone = _("%(name)s, nothing in return") % {"name": one.real_name}
            theirs = [shift for shift in shifts if shift.user_id == one.pk]
            self.fields["to"].choices += [
                (key, alone),
                *((f"{key}:{shift.pk}", label(one, shift)) for shift in theirs),
            ]

    def given(self):
        """The colleague, and the shift that they would give in return or None."""
        person, _sign, shift = self.cleaned_data["to"].partition(":")
        return self.people[person], self.shifts.get(shift)


class CoverForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=100, required=False)
