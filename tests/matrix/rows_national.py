from django.utils import timezone

from lessons.domain.national import study_of
from programmes.domain.rulepacks import load_programme
from tests.courses.factories import make_enrolment
from tests.lessons.factories import make_national
from tests.matrix.row import SIGNED_IN, Row, only

HOME = only("teacher_home")
OFFICE = only("project_officer", "province_administrator")
COMMENTARY = "教师把学生的疑问写在黑板上，整节课都围绕它展开，值得借鉴。"


def year(world):
    """A year in which the home teacher has a national lesson that nobody else has."""
    if "national" not in world.things:
        programme = load_programme("2017", shift_to=timezone.localdate())
        person = world.people["teacher_home"]
        make_enrolment(programme, user=person, school=person.school, subject="chinese")
        lesson = make_national(programme, subject="chinese")
        study_of(lesson.pk, user=person, programme=programme)
        world.things |= {"national": lesson, "national_programme": programme}
    return {}


def lesson(world):
    year(world)
    return {"pk": world.things["national"].pk}


def group(world):
    year(world)
    return {"stage": "primary", "subject": "chinese"}


def reflection(world):
    return {"text": "我在自己的课上试了先问后教。" * 10, "send": "1"}


def content(world):
    return {
        "title": "赵州桥",
        "teacher_name": "顾清和",
        "school_name": "示范小学",
        "commentator": "何知新",
        "commentary": COMMENTARY,
    }


ROWS = [
    Row("lessons:national", SIGNED_IN, build=year),
    Row("lessons:national_watch", HOME, build=lesson),
    Row("lessons:national_reflect", HOME, build=lesson),
    Row("lessons:national_reflect", HOME, build=lesson, method="post", data=reflection),
    Row("lessons:national_draft", HOME, build=lesson, method="post", data=reflection),
    Row("lessons:national_desk", OFFICE, build=year),
    Row("lessons:national_group", OFFICE, build=group),
    Row("lessons:national_group", OFFICE, build=group, method="post", data=content),
    Row("lessons:national_change", OFFICE, build=lesson),
    Row("lessons:national_change", OFFICE, build=lesson, method="post", data=content),
    Row(
        "lessons:national_withdraw",
        OFFICE,
        build=lesson,
        method="post",
        data=lambda world: {"why": "版权到期"},
    ),
]
