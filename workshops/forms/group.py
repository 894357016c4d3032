from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class GroupForm(forms.Form):
    """A study group: its name, and the plan that becomes its first guide."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the group"), max_length=60)
    plan = forms.CharField(
        label=_("Plan of study"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is studied, when the group meets, what comes out of it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid4())


class PeopleForm(forms.Form):
    people = forms.TypedMultipleChoiceField(
        label=_("People of the group"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, choices, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices
