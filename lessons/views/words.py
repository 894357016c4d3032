"""Words and steps that several pages of a lesson show."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.enums import LessonState

TAGS = {
    LessonState.DRAFT: "quiet",
    LessonState.SHOWN: "",
    LessonState.PROPOSED: "next",
    LessonState.CHOSEN: "ok",
    LessonState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class NextStep:
    """What the teacher does next: the state, the button's words, and what it means."""

    state: str
    label: Any
    help: Any


NEXT_STEPS = {
    LessonState.DRAFT: NextStep(
        LessonState.SHOWN,
        gettext_lazy("Show in school"),
        gettext_lazy("Your colleagues can then watch and comment; you go on revising."),
    ),
    LessonState.SHOWN: NextStep(
        LessonState.PROPOSED,
        gettext_lazy("Propose to the school"),
        gettext_lazy("The lesson is then closed to changes until the school has decided."),
    ),
}


def next_step(lesson):
    return NEXT_STEPS.get(LessonState(lesson.state))


def stage_subject_title(lesson, pack):
    """小学 · 语文, in the reader's language."""
    if not lesson.stage:
        return ""
    subject = pack.subject(lesson.stage, lesson.subject)
    return f"{lesson.get_stage_display()} · {subject.title if subject else lesson.subject}"


def differences(lesson, form, place):
    """Fields in which what is on record differs from what is typed, with both texts."""
    known, typed = type(form).initial_of(lesson), form.cleaned_data
    lines = [
        (form.fields[name].label, shown(known[name]), shown(typed[name]))
        for name in typed
        if name != "revision" and shown(known[name]) != shown(typed[name])
    ]
    theirs, mine = lesson.node, place.node
    if theirs != mine:
        lines.append((_("Place in the textbook"), shown(theirs), shown(mine)))
    return lines


def shown(value):
    if value is True:
        return _("yes")
    if value in (None, "", False):
        return "—"
    return str(value)
