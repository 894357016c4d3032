from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.policy import CONSENT_FORMATS


class ConsentForm(forms.Form):
    """The school's consent record; its size and kind are checked below."""

    file = forms.FileField(
        label=_("Consent record"),
        help_text=_("The signed papers in one file: PDF, Word, JPEG, PNG or ZIP, up to 50 MB."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join(f".{ending}" for ending in CONSENT_FORMATS)}
        ),
    )
    pupils = forms.IntegerField(label=_("Pupils who can be recognised"), min_value=1, max_value=200)
    statement = forms.CharField(
        label=_("Who agreed, and to what"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the guardians of all 42 pupils agreed in writing on 3 April."),
    )
