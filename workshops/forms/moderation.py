from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workshops.policy import MUTE_DAYS, REASON_LENGTH


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


def measures():
    """A warning, or so many days of only reading."""
    words = [
        (
            str(days),
            ngettext("%(days)s day of only reading", "%(days)s days of only reading", days)
            % {"days": days},
        )
        for days in MUTE_DAYS
    ]
    return [("0", _("A warning")), *words]


class SanctionForm(ReasonForm):
    days = forms.ChoiceField(label=_("Measure"), choices=measures, widget=forms.RadioSelect)
    field_order = ("days", "why")


class RulingForm(ReasonForm):
    restore = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("1", _("Show the post again")), ("0", _("It stays hidden"))],
        widget=forms.RadioSelect,
    )
    field_order = ("restore", "why")
