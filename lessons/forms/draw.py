from django import forms
from django.utils.translation import gettext_lazy as _


class AnnounceForm(forms.Form):
    """The public event whose outcome will be the seed, and when it will be known."""

    seed_event = forms.CharField(
        label=_("Public event"),
        max_length=200,
        help_text=_(
            "Something that nobody can foresee and anybody can look up, for example the winning "
            "numbers of a named issue of the welfare lottery."
        ),
    )
    seed_known_at = forms.DateTimeField(
        label=_("Its outcome is known at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=_("Beijing time. The seed cannot be entered before."),
    )
    why_late = forms.CharField(
        label=_("Why so late"),
        max_length=200,
        required=False,
        help_text=_("Only after the last day of the year's window; it is published."),
    )


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("Outcome"),
        max_length=200,
        help_text=_("As it was published; full-width characters and extra spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CommentaryForm(forms.Form):
    """What an expert says of a lesson in the pool; empty takes it away."""

    commentator = forms.CharField(label=_("Expert"), max_length=80, required=False)
    commentary = forms.CharField(
        label=_("Expert's commentary"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-rich": True}),
    )


class ExclusionForm(forms.Form):
    """Who must not review which lesson, and why."""

    person = forms.CharField(
        label=_("Teacher"), max_length=40, help_text=_("Account name or teacher number.")
    )
    lesson = forms.CharField(
        label=_("Lesson"), max_length=20, help_text=_("Its code in the pool, for example L0000012.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
