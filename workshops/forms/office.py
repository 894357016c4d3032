from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.enums import Level
from workshops.policy import OWN_WORKSHOP_FROM


class BuildForm(forms.Form):
    """Which workshops are to be there: levels, and topics beside all subjects of the year."""

    levels = forms.TypedMultipleChoiceField(
        label=_("At which units"),
        coerce=int,
        choices=[(level.value, level.label) for level in Level if level < Level.SCHOOL],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One workshop for each stage and subject at every unit of these levels."),
    )
    with_subjects = forms.BooleanField(
        label=_("All stages and subjects of the year"), required=False, initial=True
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, pack, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(one.key, one.title) for one in pack.topics]


class PlacementForm(forms.Form):
    """Whom to place and how."""

    field = forms.ChoiceField(label=_("Subject or topic"), required=False)
    minimum = forms.IntegerField(
        label=_("People for workshops of one's own"),
        min_value=1,
        max_value=300,
        initial=OWN_WORKSHOP_FROM,
        help_text=_(
            "A county with fewer teachers of a subject learns with its city, a city with the"
            " province."
        ),
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        required=False,
        help_text=_("Any word. The same word gives the same workshops; empty, one is made."),
    )

    def __init__(self, choices, *args, **kwargs):
        super().__init__(*args, **kwargs)
        subjects, topics = choices
        self.fields["field"].choices = [
            ("", _("All subjects")),
            *subjects,
            (_("Topics"), topics),
        ]
