"""Lessons of the demo in every state of their school life, with recordings that play."""

import tempfile
from dataclasses import dataclass
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
from lessons.domain.team import add_member
from lessons.enums import Curriculum, LessonState, TeamRole
from lessons.models import CurriculumNode, Lesson
from organisations.models import Organisation
from programmes.domain.working_days import is_working_day
from programmes.models import Enrolment
from programmes.queries import current_programme
from videos.domain.preparation import prepare_video
from videos.domain.synthetic import make_recording

SECONDS = 40
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


@dataclass(frozen=True)
class LessonPlan:
    """One demo lesson: whose, where it stands in the textbook, how far it has come."""

    school: str
    teacher: str  # an account, or the number of an enrolled teacher of the school and subject
    stage: str
    subject: str
    node: str
    class_name: str
    state: str
    slides: tuple[str, ...] = ()
    summary: str = ""


MINGHU, QUANCHENG, JINGQI, HAIFENG = "3137010201", "3137010202", "3137010301", "3137020201"
LESSONS = (
    LessonPlan(
        MINGHU,
        "laoshi",
        "primary",
        "mathematics",
        "几分之一",
        "三年级2班",
        LessonState.SHOWN,
        (
            "分数的初步认识：几分之一",
            "把一个月饼平均分成两份",
            "每份是它的二分之一",
            "折一折，涂一涂",
        ),
        "从“分月饼”入手，让学生先用自己的话说一半，再引出二分之一，重点落在“平均分”。",
    ),
    LessonPlan(
        MINGHU,
        "1",
        "primary",
        "chinese",
        "花的学校",
        "三年级1班",
        LessonState.PROPOSED,
        ("花的学校 · 泰戈尔", "读：花孩子们在做什么", "想：为什么叫“花的学校”", "写：我也来写一句"),
        "以朗读带想象，学生仿写一句，感受儿童诗的节奏。",
    ),
    LessonPlan(
        MINGHU,
        "2",
        "primary",
        "chinese",
        "掌声",
        "三年级3班",
        LessonState.CHOSEN,
        ("掌声", "两次掌声有什么不同", "抓住动作和神态", "换个角度讲故事"),
        "抓住两次掌声的变化，练习换人称复述。",
    ),
    LessonPlan(
        MINGHU, "1", "primary", "english", "Unit 1 It's red.", "三年级2班", LessonState.DRAFT
    ),
    LessonPlan(
        QUANCHENG,
        "1",
        "junior",
        "chinese",
        "济南的冬天",
        "七年级4班",
        LessonState.CHOSEN,
        ("济南的冬天 · 老舍", "朗读：响晴与温晴", "比一比：北平、伦敦、济南", "我眼中的济南"),
        "从家乡写起，在比较中品味“温晴”二字。",
    ),
    LessonPlan(
        JINGQI,
        "1",
        "primary",
        "mathematics",
        "认识周长",
        "三年级1班",
        LessonState.CHOSEN,
        ("认识周长", "描一描树叶的一周", "量一量数学书的封面", "周长就是一周的长度"),
        "在描、量、比中建立周长概念。",
    ),
    LessonPlan(
        HAIFENG,
        "1",
        "primary",
        "mathematics",
        "平行四边形的面积",
        "五年级2班",
        LessonState.CHOSEN,
        ("平行四边形的面积", "剪一剪，拼一拼", "转化成长方形", "底乘高"),
        "让学生在剪拼中发现转化，说清每一步的道理。",
    ),
)
PLAN = (
    "教学设计\n课题：{title}\n教学目标：{summary}学生能用自己的话说出本课要点，并联系生活举例。\n"
    "教学重点：{title}的关键概念。教学难点：在真实情境中运用。\n教学过程：一、情境导入，提出问题。"
    "二、自主尝试，同桌交流。三、全班汇报，教师追问“为什么”。四、分层练习，当堂反馈。五、回顾小结，布置作业。\n"
    "板书设计：{slides}\n课后反思：留给学生说的时间还可以再多一些。\n"
)


def give_lessons() -> None:
    """The curriculum, then each lesson through the same steps as a real one."""
    load_curriculum()
    with tempfile.TemporaryDirectory() as folder:
        for number, plan in enumerate(LESSONS):
            _give(number, plan, Path(folder))


def _give(number: int, plan: LessonPlan, folder: Path) -> None:
    programme = current_programme()
    school = Organisation.objects.get(code=plan.school)
    teacher = _teacher(plan, school)
    lesson = begin_lesson(teacher=teacher, school=school, programme=programme, by=teacher)
    lesson = save_lesson(lesson, _typed(number, plan), revision=1, by=teacher)
    if plan.state == LessonState.DRAFT:
        return
    _film(lesson, plan, folder)
    _write(lesson, plan)
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


def _write(lesson: Lesson, plan: LessonPlan) -> None:
    text = PLAN.format(title=plan.node, summary=plan.summary, slides="；".join(plan.slides))
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
