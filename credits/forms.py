"""Shapes of what people type; every rule is in the domain."""

from decimal import Decimal

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from credits.enums import DisputeOutcome
from credits.policy import EVIDENCE_FILES, EVIDENCE_MEGABYTES
from programmes.domain.rulepacks import rule_pack_of

HALF = Decimal("0.5")


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files at once; they are judged by ``domain.evidence``."""

    widget = ManyFilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def __init__(self, **options):
        options.setdefault("label", _("Evidence"))
        options.setdefault(
            "help_text",
            format_lazy(
                _("PDF, JPEG or PNG, at most {files} files of {megabytes} MB each."),
                files=EVIDENCE_FILES,
                megabytes=EVIDENCE_MEGABYTES,
            ),
        )
        super().__init__(**options)

    def clean(self, data, initial=None):
        given = data if isinstance(data, list) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return given


def part_choices(programme):
    return [(part.key, part.title) for part in rule_pack_of(programme).parts]


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person concerned reads it."),
    )


class DisputeForm(forms.Form):
    part = forms.ChoiceField(label=_("Which part"))
    subject = forms.CharField(
        label=_("Which course or lesson"),
        max_length=120,
        help_text=_("As it is called in your list of courses."),
    )
    text = forms.CharField(
        label=_("What is missing, and why you think so"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    evidence = EvidenceField(required=False)

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = part_choices(programme)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What you found"),
        choices=[(one.value, one.label) for one in DisputeOutcome if one.value],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Answer to the teacher"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class PersonSearchForm(forms.Form):
    q = forms.CharField(label=_("Name, account or teacher number"), max_length=40, required=False)


class AwardForm(forms.Form):
    part = forms.ChoiceField(label=_("Which part"))
    class_hours = forms.DecimalField(
        label=_("Class hours"), min_value=HALF, max_digits=4, decimal_places=1, step_size=HALF
    )
    earned_on = forms.DateField(
        label=_("Day on which they were earned"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    subject = forms.CharField(
        label=_("What for"), max_length=120, help_text=_("This is what the ledger line says.")
    )
    reason = forms.CharField(
        label=_("Why the platform could not count them"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = EvidenceField()

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = part_choices(programme)


class CheckForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=30,
        help_text=_("14 digits at the bottom of the page; gaps do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
