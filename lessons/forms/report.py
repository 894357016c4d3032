from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.enums import ReportKind

CLOCK = r"^\s*(\d{1,3})\s*[:：]\s*([0-5]\d)\s*$"


class ReportForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is wrong"), choices=ReportKind)
    at = forms.RegexField(
        CLOCK,
        label=_("Where in the recording"),
        required=False,
        help_text=_("Minutes and seconds, for example 12:30."),
        error_messages={"invalid": _("Write minutes and seconds, for example 12:30.")},
    )
    text = forms.CharField(
        label=_("What you saw, and by what it shows"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @property
    def second(self):
        """The place as seconds, None without one."""
        text = self.cleaned_data.get("at", "").replace("：", ":")
        if not text:
            return None
        minutes, seconds = text.split(":")
        return int(minutes) * 60 + int(seconds)


class RulingForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Ruling"),
        choices=[
            ("uphold", _("Uphold: the lesson is barred at every level")),
            ("dismiss", _("Dismiss")),
        ],
        widget=forms.RadioSelect,
    )
    ruling = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The reporter reads it; after an upheld report also teacher and school."),
    )


class HintForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("copy", _("A copy")), ("no_copy", _("Not a copy"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Reason"), max_length=200)
