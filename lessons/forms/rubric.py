from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.domain.rubric_lint import MOST_LEVELS

SHORT, HINT = 120, 400


class RubricForm(forms.Form):
    """The head of a rubric; a draft may be incomplete."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=80, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=SHORT, required=False)


class LevelForm(forms.Form):
    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=100, required=False)
    title_zh = forms.CharField(label=_("Name in Chinese"), max_length=20, required=False)
    title_en = forms.CharField(label=_("Name in English"), max_length=40, required=False)


class LineForm(forms.Form):
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=SHORT, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=SHORT, required=False)
    hint_zh = forms.CharField(
        label=_("What to look at, in Chinese"),
        max_length=HINT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hint_en = forms.CharField(
        label=_("What to look at, in English"),
        max_length=HINT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_required = forms.BooleanField(
        label=_("The reviewer must give a reason"), required=False, initial=True
    )


LevelForms = forms.formset_factory(LevelForm, extra=MOST_LEVELS, max_num=MOST_LEVELS)
LineForms = forms.formset_factory(LineForm, extra=1, can_order=True, can_delete=True)


def forms_of(rubric, data=None):
    """The three parts of the editor, filled from the draft or from what was posted."""
    head = {name: getattr(rubric, name) for name in ("title_zh", "title_en", "revision")}
    levels = rubric.lines[0]["levels"] if rubric.lines else []
    return (
        RubricForm(data, initial=head),
        LevelForms(data, prefix="level", initial=levels),
        LineForms(data, prefix="line", initial=rubric.lines),
    )


def content_of(head, levels, lines):
    """What valid forms say, in the shape that a rubric keeps; empty rows are left out."""
    named = ("title_zh", "title_en")
    kept = [
        {"value": level.get("value") or 0, **{name: level[name] for name in named}}
        for level in (form.cleaned_data for form in levels)
        if level and (any(level[name] for name in named) or level.get("value") is not None)
    ]
    rows = [
        form.cleaned_data
        for form in lines.ordered_forms
        if any(form.cleaned_data[name] for name in (*named, "hint_zh", "hint_en"))
    ]
    fields = ("key", *named, "hint_zh", "hint_en", "reason_required")
    return {
        **{name: head.cleaned_data[name] for name in named},
        "lines": [{**{name: row[name] for name in fields}, "levels": kept} for row in rows],
    }
