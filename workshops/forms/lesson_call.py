"""What a school and a host type about a lesson."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.domain.lesson_calls.asking import Question
from workshops.forms.host import Day
from workshops.forms.talk import FilesField
from workshops.policy import TITLE_LENGTH

FILES_HELP = _("PDF, Word, PowerPoint, Excel, JPEG or PNG; up to 5 files of 20 MB.")


class Tokened(forms.Form):
    """A form that is sent twice does its work once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid4())


class CallForm(Tokened):
    field = forms.ChoiceField(label=_("Stage and subject"))
    title = forms.CharField(label=_("Title of the lesson"), max_length=TITLE_LENGTH)
    question = forms.CharField(
        label=_("What you would like to hear about"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    files = FilesField(label=_("Lesson plan and other files"), required=False, help_text=FILES_HELP)
    lesson = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, subjects, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("choose")), *subjects]

    def asked(self):
        given = self.cleaned_data
        _kind, stage, subject = given["field"].split(":")
        return Question(
            stage=stage,
            subject=subject,
            title=given["title"],
            question=given["question"],
            token=given["token"],
            lesson=given["lesson"],
        )


class WordForm(Tokened):
    text = forms.CharField(
        label=_("Your text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    files = FilesField(label=_("Add files"), required=False, help_text=FILES_HELP)


class VisitForm(forms.Form):
    visit_on = forms.DateField(label=_("Day of the visit"), widget=Day)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
