from django import forms
from django.utils.translation import gettext_lazy as _

from core.wording import day
from workshops.domain.guidance import Entry
from workshops.enums.guidance import ActivityMode
from workshops.forms.host import Day
from workshops.policy import PLAN_ACTIVITIES

EMPTY_LINES = 3


class PlanForm(forms.Form):
    """The words of the plan, and how often its draft had been saved."""

    aims = forms.CharField(
        label=_("Aims"),
        help_text=_("What the members should know or do better at the end of the year."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    saves = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class ActivityForm(forms.Form):
    """A line of the plan; one without a title is left out."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Activity"), max_length=80, required=False)
    mode = forms.ChoiceField(label=_("How"), choices=ActivityMode.choices)
    on = forms.DateField(label=_("Day"), widget=Day, required=False)
    leader = forms.CharField(label=_("Led by"), max_length=40, required=False)

    def clean(self):
        given = super().clean()
        if given.get("title") and not given.get("on") and "on" not in self.errors:
            self.add_error("on", _("Choose the day of this activity."))
        return given

    @property
    def entry(self):
        given = {name: self.cleaned_data[name] for name in ("title", "mode", "on", "leader", "key")}
        return Entry(**given)


def activity_forms(extra, *args, **kwargs):
    """The lines of a plan and ``extra`` empty ones."""
    made = forms.formset_factory(
        ActivityForm, extra=extra, max_num=PLAN_ACTIVITIES, absolute_max=PLAN_ACTIVITIES + 40
    )
    return made(*args, prefix="line", **kwargs)


class LinkForm(forms.Form):
    """One of the ``seminars`` that carry out nothing yet."""

    gathering = forms.ChoiceField(label=_("Seminar"))

    def __init__(self, seminars, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seminars = {str(one.pk): one for one in seminars}
        self.fields["gathering"].choices = [
            (key, f"{one.title} · {day(one.begins_at)}") for key, one in self.seminars.items()
        ]

    @property
    def seminar(self):
        return self.seminars[self.cleaned_data["gathering"]]


class OutcomeForm(forms.Form):
    took_place_on = forms.DateField(label=_("It took place on"), widget=Day, required=False)
    note = forms.CharField(
        label=_("In a few words"),
        help_text=_("What came out of it; or, without a day, why it did not take place."),
        max_length=200,
        required=False,
    )
