from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workshops.enums.moderation import LinkRule, Verdict
from workshops.policy import REASON_LENGTH, TRIAL_DAYS

TALL = {"rows": 8, "spellcheck": "false"}


def words_field(label, help_text=""):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs=TALL),
    )


class RulesForm(forms.Form):
    """A version of the word list; ``newest`` is the version that the form was made from."""

    refuse = words_field(
        _("Words that refuse a text"),
        _("One word a line. The writer reads which word it is; the text is kept as a draft."),
    )
    hold = words_field(
        _("Words that hold a text until a host has looked"),
        _("Only its author and the hosts see it meanwhile."),
    )
    report = words_field(_("Words that are only pointed out to the hosts"))
    hosts = forms.CharField(
        label=_("Hosts whose addresses are links"),
        help_text=_("One host a line, for example example.edu.cn; what lies below it counts, too."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=TALL | {"rows": 4}),
    )
    links = forms.ChoiceField(
        label=_("All other addresses"),
        choices=LinkRule.choices,
        initial=LinkRule.LEAVING,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("What changes and why"), max_length=REASON_LENGTH)
    newest = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def typed(self):
        return {verdict: self.cleaned_data[verdict] for verdict in Verdict.values}


def spans():
    words = gettext("%(days)s days")
    return [(days, words % {"days": days}) for days in TRIAL_DAYS]


class TrialForm(forms.Form):
    days = forms.TypedChoiceField(label=_("Posts of the last"), coerce=int, choices=spans)


class SwitchForm(forms.Form):
    why = forms.CharField(label=_("Why it holds from now on"), max_length=REASON_LENGTH)
