"""Lessons of the demo in every state of their school life, with recordings that play."""

import tempfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from lessons.domain.curriculum_file import load_curriculum
from lessons.domain.lessons import begin_lesson, save_lesson
from lessons.domain.materials import add_material
from lessons.domain.moving import move_lesson
from lessons.domain.plans import read_plan
from lessons.domain.recordings import add_recording
from lessons.domain.releases import approve_release, file_consent
from lessons.domain.reports import file_report
from lessons.domain.research import add_observer, note_research_lesson
from lessons.domain.team import add_member
from lessons.enums import Curriculum, LessonState, ObservationMode, TeamRole
from lessons.models import CurriculumNode, Lesson
from organisations.models import Organisation
from programmes.domain.working_days import is_working_day
from programmes.models import Enrolment
from programmes.queries import current_programme
from rehearsal.demo.lesson_plans import LESSONS, MINGHU, PLAN, STEPS, LessonPlan
from videos.domain.preparation import prepare_video
from videos.domain.synthetic import make_recording

SECONDS = 20
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def give_lessons() -> None:
    """The curriculum, then each lesson through the same steps as a real one."""
    load_curriculum()
    with tempfile.TemporaryDirectory() as folder:
        for number, plan in enumerate(LESSONS):
            _give(number, plan, Path(folder))
    _open_to_the_public(Lesson.objects.get(title="几分之一"))
    _observe_each_other()
    _report(Lesson.objects.get(title="掌声"))


def _open_to_the_public(lesson: Lesson) -> None:
    principal, officer = (User.objects.get(username=name) for name in ("xiaozhang", "lixia"))
    paper = ContentFile(b"%PDF-1.4\n%demo\n", "同意书.pdf")
    statement = "三年级2班 42 名学生的监护人均已书面同意公开。"
    release = file_consent(lesson, paper, statement=statement, pupils=42, by=principal)
    approve_release(release, by=officer)


def _observe_each_other() -> None:
    """Every fourth teacher of the first school has given a research lesson; two observed each."""
    school = Organisation.objects.get(code=MINGHU)
    people = list(school.people.filter(is_active=True, enrolments__isnull=False).order_by("pk"))
    day = _school_day(timezone.localdate() - timedelta(days=12))
    for number, teacher in enumerate(people[::4]):
        research = note_research_lesson(
            teacher=teacher,
            title=f"研究课：{LESSONS[number % len(LESSONS)].node}",
            class_name=f"三年级{number % 4 + 1}班",
            held_on=day,
            period=number % 6 + 1,
            by=teacher,
        )
        for step, mode in ((1, ObservationMode.OFFLINE), (2, ObservationMode.ONLINE)):
            add_observer(research, people[(number * 4 + step) % len(people)], mode, by=teacher)


def _report(lesson: Lesson) -> None:
    reporter = User.objects.get(username="laoshi")
    text = "第二次提问时学生举手前就报出了页码，像是事先走过一遍，请核实。"
    file_report(lesson, kind="rehearsal", text=text, second=12, by=reporter)


def _give(number: int, plan: LessonPlan, folder: Path) -> None:
    programme = current_programme()
    school = Organisation.objects.get(code=plan.school)
    teacher = _teacher(plan, school)
    lesson = begin_lesson(teacher=teacher, school=school, programme=programme, by=teacher)
    lesson = save_lesson(lesson, _typed(number, plan), revision=1, by=teacher)
    if plan.state == LessonState.DRAFT:
        return
    _film(lesson, plan, folder)
    _write(lesson, plan, STEPS[number])
    if plan.teacher == "laoshi":
        colleague = school.people.filter(is_active=True).exclude(pk=teacher.pk).order_by("pk")[2]
        add_member(lesson, colleague, TeamRole.COACH, by=teacher)
    principal = User.objects.filter(
        school=school, appointments__isnull=False
    ).first() or User.objects.get(username="sheng")
    for state, by in (
        (LessonState.SHOWN, teacher),
        (LessonState.PROPOSED, teacher),
        (LessonState.CHOSEN, principal),
    ):
        lesson = move_lesson(lesson, state, by=by)
        if state == plan.state:
            return


def _teacher(plan: LessonPlan, school: Organisation) -> User:
    if not plan.teacher.isdecimal():
        return User.objects.get(username=plan.teacher)
    enrolled = Enrolment.objects.filter(school=school, subject=plan.subject).order_by("pk")
    return enrolled.select_related("user")[int(plan.teacher)].user


def _typed(number: int, plan: LessonPlan) -> dict:
    node = CurriculumNode.objects.get(
        stage=plan.stage, subject=plan.subject, kind="lesson", title=plan.node
    )
    typed = {
        "node": node,
        "title": plan.node,
        "summary": plan.summary,
        "class_name": plan.class_name,
        "curriculum": Curriculum.NATIONAL,
    }
    if plan.state == LessonState.DRAFT:
        return typed
    return typed | {
        "taught_on": _school_day(timezone.localdate() - timedelta(days=20 + number)),
        "period": number % 6 + 1,
        "states_timetable": True,
        "states_genuine": True,
        "states_pupils": True,
    }


def _school_day(day: date) -> date:
    while not is_working_day(day) or day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _film(lesson: Lesson, plan: LessonPlan, folder: Path) -> None:
    path = folder / f"{lesson.pk}.mp4"
    signed = f"{lesson.school.name} {lesson.teacher.real_name}"
    make_recording(path, plan.node, plan.slides, seconds=SECONDS, teacher=signed)
    with path.open("rb") as film:
        recording = add_recording(lesson, File(film, name=f"{plan.node}.mp4"), by=lesson.teacher)
    prepare_video(recording.video_id)


def _write(lesson: Lesson, plan: LessonPlan, steps: str) -> None:
    given = {"title": plan.node, "summary": plan.summary, "slides": "；".join(plan.slides)}
    text = PLAN.format(steps=steps, **given)
    files = {
        "plan": (f"{plan.node} 教学设计.docx", _office("word/document.xml", _document(text))),
        "slides": (f"{plan.node} 课件.pptx", _office("ppt/presentation.xml", "<p/>")),
    }
    for kind, (name, content) in files.items():
        material = add_material(lesson, kind, ContentFile(content, name), by=lesson.teacher)
        if kind == "plan":
            read_plan(material.pk)


def _office(part: str, xml: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as container:
        container.writestr("[Content_Types].xml", TYPES)
        container.writestr(part, xml)
    return content.getvalue()


def _document(text: str) -> str:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    return f'<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>'
