"""Lessons, their place in the curriculum and the pool, for tests."""

from datetime import date
from itertools import count

from django.utils import timezone

from lessons.enums import LessonState, NodeKind
from lessons.models import (
    CaseAssignment,
    CurriculumNode,
    Draw,
    Lesson,
    LessonRecording,
    NationalLesson,
    OutstandingLesson,
    Review,
    Rubric,
)
from organisations.enums import Level
from organisations.models import Organisation
from tests.factories import UserFactory
from videos.domain.units import reading_unit, save_unit
from videos.enums import UnitKind, VideoState
from videos.models import Video

_numbers = count(1)
RECORDING_SECONDS = 2400
LINES = [
    {
        "key": key,
        "title_zh": zh,
        "title_en": en,
        "hint_zh": "",
        "hint_en": "",
        "reason_required": True,
        "levels": [
            {"value": value, "title_zh": title, "title_en": english}
            for value, title, english in (
                (4, "优秀", "excellent"),
                (3, "良好", "good"),
                (2, "合格", "fair"),
                (1, "待改进", "to improve"),
            )
        ],
    }
    for key, zh, en in (
        ("goals", "教学目标", "Goals"),
        ("process", "教学过程", "Process"),
        ("effect", "教学效果", "Effect"),
    )
]


def make_node(stage="primary", subject="chinese", title="第一课"):
    """A lesson node with everything above it."""
    parent, path = None, ""
    titles = ("三年级", "部编版", "上册", "第一单元", title)
    for kind, name in zip(NodeKind.values, titles, strict=True):
        known = CurriculumNode.objects.filter(
            stage=stage, subject=subject, parent=parent, title=name
        ).first()
        if known is None:
            known = CurriculumNode.objects.create(
                stage=stage,
                subject=subject,
                kind=kind,
                title=name,
                parent=parent,
                path=f"new{next(_numbers)}",
            )
            known.path = f"{path}{known.pk}/"
            known.save(update_fields=["path"])
        parent, path = known, known.path
    return parent


def make_lesson(programme, teacher=None, school=None, **fields):
    """A complete lesson; ``state`` chosen unless given."""
    number = next(_numbers)
    teacher = teacher or UserFactory(school=school)
    defaults = {
        "stage": "primary",
        "subject": "chinese",
        "title": f"示范课{number}",
        "class_name": "三年级2班",
        "taught_on": date(2017, 4, 11),
        "period": 3,
        "states_timetable": True,
        "states_genuine": True,
        "states_pupils": True,
        "stated_at": timezone.now(),
        "state": LessonState.CHOSEN,
        "created_by": teacher,
    }
    values = defaults | fields
    if "node" not in values:
        values["node"] = make_node(values["stage"], values["subject"], f"第{number}课")
    return Lesson.objects.create(
        programme=programme, teacher=teacher, school=school or teacher.school, **values
    )


def make_video(by, seconds=RECORDING_SECONDS, title="课堂实录"):
    """A ready video without files, with its study unit."""
    number = next(_numbers)
    return Video.objects.create(
        title=title,
        unit=save_unit(None, UnitKind.VIDEO, title, seconds),
        original=f"videos/originals/{number}.mp4",
        original_name="课堂实录.mp4",
        size_bytes=1,
        sha256=f"{number:064x}",
        state=VideoState.READY,
        duration_seconds=seconds,
        width=1280,
        height=720,
        added_by=by,
    )


def record(lesson, seconds=RECORDING_SECONDS):
    """The lesson's next recording, ready to be watched."""
    number = lesson.recordings.count() + 1
    return LessonRecording.objects.create(
        lesson=lesson,
        number=number,
        video=make_video(lesson.teacher, seconds),
        added_by=lesson.teacher,
    )


def city_of(school):
    """The city above a school."""
    ancestors = [int(key) for key in school.path.strip("/").split("/")]
    return Organisation.objects.get(pk__in=ancestors, level=Level.CITY)


def make_outstanding(programme, lesson=None, school=None, **fields):
    """A lesson in the year's pool, with a recording."""
    lesson = lesson or make_lesson(programme, school=school)
    if not lesson.recordings.exists():
        record(lesson)
    defaults = {
        "city": city_of(lesson.school),
        "stage": lesson.stage,
        "subject": lesson.subject,
        "grade": "三年级",
        "edition": "部编版",
        "pushed_by": lesson.teacher,
    }
    return OutstandingLesson.objects.create(
        programme=programme, lesson=lesson, **(defaults | fields)
    )


def make_rubric(code="lesson", version=1):
    return Rubric.objects.create(
        code=code,
        applies_from=date(2017, 1, 1),
        version=version,
        title_zh="课例评价量表",
        title_en="Lesson rubric",
        lines=LINES,
    )


def make_draw(programme):
    """The year's draw, so that assignments have something to stand on."""
    return Draw.objects.get_or_create(programme=programme)[0]


def assign(enrolment, outstanding, position=1, **fields):
    return CaseAssignment.objects.create(
        draw=make_draw(enrolment.programme),
        user=enrolment.user,
        position=position,
        lesson=outstanding,
        **fields,
    )


def make_review(assignment, **fields):
    """A draft of the review of a drawn lesson."""
    lesson = assignment.lesson.lesson
    defaults = {
        "programme": assignment.draw.programme,
        "lesson": lesson,
        "recording": lesson.recordings.first(),
        "reviewer": assignment.user,
        "rubric": Rubric.objects.first() or make_rubric(),
    }
    return Review.objects.create(assignment=assignment, **(defaults | fields))


def make_national(programme, position=1, **fields):
    """A national lesson with its recording and the reading time of its commentary."""
    editor = UserFactory()
    title = fields.pop("title", f"国家级优课{position}")
    defaults = {
        "stage": "primary",
        "subject": "mathematics",
        "teacher_name": "林远航",
        "school_name": "示范小学",
        "video": make_video(editor, title=title),
        "commentary": "<p>教师以学生的问题推动课堂。</p>",
        "commentator": "周知行",
        "commentary_unit": reading_unit(f"{title}：专家点评", 120),
        "added_by": editor,
    }
    return NationalLesson.objects.create(
        programme=programme, position=position, title=title, **(defaults | fields)
    )
