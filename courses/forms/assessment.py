from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models.question import QuestionKind


class MarkForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept")), ("return", _("Return for revision"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Feedback for the teacher"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_(
            "What is good, what is missing, what to do next: at least 10 characters. "
            "The teacher reads it."
        ),
    )


class AskForm(forms.Form):
    """The one click for a further attempt; the reason is the teacher's own business."""

    reason = forms.CharField(
        label=_("What should the county know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FurtherAttemptForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("Grant one further attempt")), ("refuse", _("Grant none"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The teacher reads it."),
    )

    def __init__(self, *args, after_all=False, **kwargs):
        """``after_all``: it was refused, so that granting is all that is left to decide."""
        super().__init__(*args, **kwargs)
        if after_all:
            self.fields["decision"].choices = self.fields["decision"].choices[:1]
            self.fields["decision"].initial = "grant"
            self.fields["decision"].widget = forms.HiddenInput()


class QuestionForm(forms.Form):
    """A question as an editor types it: one option a line, the right ones begin with *."""

    kind = forms.ChoiceField(label=_("Kind of question"), choices=QuestionKind)
    stem = forms.CharField(label=_("Question"), widget=forms.Textarea(attrs={"rows": 3}))
    options = forms.CharField(
        label=_("Options and answers"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One option a line; put * before every right one. "
            "True or false: write *true or *false. "
            "Fill in: one accepted answer a line, without *."
        ),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown after the test has been passed, or once no further attempt can follow."),
    )

    @classmethod
    def initial_of(cls, version):
        """The form's fields for a question that is there already."""
        if version.kind == QuestionKind.FILL_IN:
            lines = version.answer
        else:
            lines = [
                ("*" if index in version.answer else "") + option
                for index, option in enumerate(version.options)
            ]
        return {
            "kind": version.kind,
            "stem": version.stem,
            "options": "\n".join(lines),
            "explanation": version.explanation,
        }

    def content(self):
        """What was typed, in the shape that the domain checks and keeps."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["options"].splitlines() if line.strip()]
        content = {name: data[name] for name in ("kind", "stem", "explanation")}
        if data["kind"] == QuestionKind.FILL_IN:
            return content | {"options": [], "answer": lines}
        if data["kind"] == QuestionKind.TRUE_FALSE:
            truth = {"true": 0, "false": 1}
            marked = [line[1:].strip().lower() for line in lines if line.startswith("*")]
            return content | {"answer": [truth[one] for one in marked if one in truth]}
        return content | {
            "options": [line.lstrip("*").strip() for line in lines],
            "answer": [index for index, line in enumerate(lines) if line.startswith("*")],
        }
