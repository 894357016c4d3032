from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.policy import PERIODS


class ResearchForm(forms.Form):
    title = forms.CharField(label=_("Title of the lesson"), max_length=120)
    class_name = forms.CharField(label=_("Class"), max_length=40)
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    period = forms.TypedChoiceField(
        label=_("Period of the day"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, PERIODS + 1)],
    )
    lesson = forms.ChoiceField(
        label=_("Recording"),
        required=False,
        help_text=_("If the lesson was recorded and stands among the teacher's lessons."),
    )

    def __init__(self, lessons, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(lesson.pk), lesson.title or "…") for lesson in lessons]
        self.fields["lesson"].choices = [("", _("not recorded")), *choices]
