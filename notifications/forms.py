from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.domain.texts import optional_kinds


class PreferenceForm(forms.Form):
    """What a person wants by mail; the inbox itself always stays."""

    daily_digest = forms.BooleanField(
        label=_("One mail a day with what is new"),
        required=False,
        help_text=_("Sent in the evening, and only when there is something you have not read."),
    )
    urgent_mail = forms.BooleanField(
        label=_("A mail at once when a deadline is near"),
        required=False,
        help_text=_("Three mails a day at most; everything else waits for the evening."),
    )
    wanted = forms.MultipleChoiceField(
        label=_("Tell me about"),
        required=False,
        choices=optional_kinds,
        widget=forms.CheckboxSelectMultiple,
    )
