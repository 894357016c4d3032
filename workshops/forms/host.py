from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshops.enums.hosting import Qualification


class Day(forms.DateInput):
    """A browser's own calendar, which reads and writes one form of a day only."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class HostForm(forms.Form):
    """The term of one of ``people``, maybe in place of one of the ``terms`` that hold."""

    person = forms.ChoiceField(label=_("Person"))
    qualification = forms.ChoiceField(label=_("Chosen from"), choices=Qualification.choices)
    starts_on = forms.DateField(label=_("First day of the term"), widget=Day)
    ends_on = forms.DateField(label=_("Last day"), widget=Day, required=False)
    replaces = forms.ChoiceField(label=_("In place of"), required=False)

    def __init__(self, people, terms, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.terms = {str(one.pk): one for one in terms}
        self.fields["starts_on"].initial = timezone.localdate()
        self.fields["person"].choices = [
            (key, f"{one.real_name} · {one.school or ''}") for key, one in self.people.items()
        ]
        replaced = [(key, one.user.real_name) for key, one in self.terms.items()]
        self.fields["replaces"].choices = [("", _("nobody")), *replaced]

    def given(self):
        """What was entered, with the rows that the keys stand for."""
        entered = dict(self.cleaned_data)
        entered["user"] = self.people[entered.pop("person")]
        entered["replaces"] = self.terms.get(entered["replaces"])
        return entered


class EndForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=200)


class CapForm(forms.Form):
    cap = forms.IntegerField(label=_("Number of seats"), min_value=1)


class MoveForm(forms.Form):
    """To which workshop of the same family."""

    room = forms.ChoiceField(label=_("To"), widget=forms.RadioSelect)

    def __init__(self, rooms, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = rooms
