"""What a lesson still lacks, named before anybody is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.wording import in_chinese
from lessons.enums import Curriculum, LessonState
from videos.enums import VideoState

if TYPE_CHECKING:
    from lessons.models import Lesson, LessonRecording
    from programmes.domain.rulepack import RulePack


@dataclass(frozen=True)
class Missing:
    """One part that is not there: what, at which place of the form, and for which step.

    ``blocks`` is the first state that the lesson cannot enter without it.
    """

    text: str
    anchor: str
    blocks: LessonState


def missing_parts(
    lesson: Lesson,
    pack: RulePack,
    *,
    kinds: Iterable[str],
    recording: LessonRecording | None,
) -> list[Missing]:
    """What the form, the recording and the materials (``kinds`` that are there) lack, in order.

    Source: R41, R42, R56, R57; materials from the rule pack.
    """
    there = set(kinds)
    shown = [
        (bool(lesson.stage and lesson.subject), _("stage and subject"), "id_stage"),
        (bool(lesson.title), _("the title"), "id_title"),
        (bool(lesson.class_name), _("the class"), "id_class_name"),
        (recording is not None, _("the recording"), "recording"),
    ]
    proposed = [
        (_has_place(lesson), _("its place in the textbook"), "id_grade"),
        (bool(lesson.taught_on), _("the day on which it was given"), "id_taught_on"),
        (bool(lesson.period), _("the period of that day"), "id_period"),
        (_is_playable(recording), _("a recording that is ready to play"), "recording"),
        *(
            (rule.key in there, rule.title, f"material-{rule.key}")
            for rule in pack.materials
            if rule.required
        ),
        (lesson.states_timetable, _("the statement on the timetable"), "id_states_timetable"),
        (lesson.states_genuine, _("the statement on genuine teaching"), "id_states_genuine"),
        (lesson.states_pupils, _("the statement on the pupils"), "id_states_pupils"),
    ]
    return [
        Missing(text, anchor, blocks)
        for blocks, asked in ((LessonState.SHOWN, shown), (LessonState.PROPOSED, proposed))
        for there_, text, anchor in asked
        if not there_
    ]


def missing_of(lesson: Lesson, pack: RulePack) -> list[Missing]:
    """The same, read from the database in two queries."""
    kinds = lesson.materials.filter(replaced_at=None).values_list("kind", flat=True)
    recording = lesson.recordings.select_related("video").first()
    return missing_parts(lesson, pack, kinds=kinds, recording=recording)


def blocking(missing: Iterable[Missing], state: str) -> list[Missing]:
    """Those without which the lesson does not enter ``state``."""
    first = {
        LessonState.SHOWN: {LessonState.SHOWN},
        LessonState.PROPOSED: {LessonState.SHOWN, LessonState.PROPOSED},
        LessonState.CHOSEN: {LessonState.SHOWN, LessonState.PROPOSED},
    }
    return [one for one in missing if one.blocks in first.get(LessonState(state), set())]


def in_words(missing: Iterable[Missing]) -> str:
    """The parts as one enumeration."""
    return ("、" if in_chinese() else ", ").join(one.text for one in missing)


def _has_place(lesson: Lesson) -> bool:
    return lesson.curriculum != Curriculum.NATIONAL or lesson.node_id is not None


def _is_playable(recording: LessonRecording | None) -> bool:
    """An absent recording is named once, by the step before."""
    return recording is None or recording.video.state == VideoState.READY
