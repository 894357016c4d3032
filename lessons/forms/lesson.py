from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.enums import Curriculum
from lessons.policy import PERIODS, TITLE_LENGTH
from programmes.enums import Stage


def stage_subject_choices(pack):
    """All pairs of the year, by stage: "primary:chinese"."""
    return [
        (
            Stage(stage).label.capitalize(),
            [
                (f"{stage}:{subject.key}", f"{Stage(stage).label} · {subject.title}")
                for subject in subjects
            ],
        )
        for stage, subjects in pack.stage_subjects.items()
    ]


class LessonForm(forms.Form):
    """What is typed about a lesson. Nothing is required of a draft."""

    field_order = [
        "curriculum",
        "stage",
        "title",
        "summary",
        "class_name",
        "taught_on",
        "period",
        "states_timetable",
        "states_genuine",
        "states_pupils",
        "revision",
    ]
    stage = forms.ChoiceField(label=_("Stage and subject"), required=False)
    curriculum = forms.ChoiceField(
        label=_("Kind of curriculum"),
        choices=Curriculum,
        help_text=_("Local and school-based lessons are shown, not entered in contests (R53)."),
    )
    title = forms.CharField(
        label=_("Title of the lesson"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("Left empty, it is the title of the lesson in the textbook."),
    )
    summary = forms.CharField(
        label=_("What the lesson tries, in a few sentences"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    class_name = forms.CharField(
        label=_("Class"),
        required=False,
        max_length=40,
        help_text=_("The real class, as the timetable names it: 三年级2班."),
    )
    taught_on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    period = forms.TypedChoiceField(
        label=_("Period of the day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "—"), *((n, str(n)) for n in range(1, PERIODS + 1))],
    )
    states_timetable = forms.BooleanField(
        required=False,
        label=_("The lesson was given in its regular place of the timetable, to the whole class."),
    )
    states_genuine = forms.BooleanField(
        required=False,
        label=_(
            "It was neither performed for the camera, nor rehearsed with the class, nor recorded "
            "a second time."
        ),
    )
    states_pupils = forms.BooleanField(
        required=False,
        label=_(
            "The pupils were respected: nobody was left out, and nobody is shown whose family "
            "did not agree."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, pack, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", "—"), *stage_subject_choices(pack)]
        if self.is_bound:
            return
        self.fields["taught_on"].widget.format = "%Y-%m-%d"

    @classmethod
    def initial_of(cls, lesson):
        names = set(cls.base_fields) - {"stage"}
        pair = f"{lesson.stage}:{lesson.subject}" if lesson.stage else ""
        return {name: getattr(lesson, name) for name in names} | {"stage": pair}

    def as_asked(self):
        """For the page: what is needed in the end is not called optional. Call after checking."""
        for name in ("stage", "class_name", "taught_on", "period"):
            self.fields[name].required = True
        return self

    def values(self):
        """The fields of the lesson that were typed."""
        values = dict(self.cleaned_data)
        values.pop("revision")
        stage, _colon, subject = values.pop("stage").partition(":")
        return values | {"stage": stage, "subject": subject}
