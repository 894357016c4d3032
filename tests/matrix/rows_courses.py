from django.utils import timezone

from programmes.models import Enrolment
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    make_programme,
)
from tests.matrix.row import SIGNED_IN, Row, only

OFFICERS = only(
    "editor",
    "project_officer",
    "province_administrator",
    "city_administrator_home",
    "city_administrator_away",
    "county_administrator_home",
    "county_administrator_away",
)
TOPIC_PEOPLE = only(
    "principal_home",
    "principal_away",
    "city_administrator_home",
    "city_administrator_away",
    "county_administrator_home",
    "county_administrator_away",
    "province_administrator",
)
OVER_HOME = only(
    "principal_home",
    "city_administrator_home",
    "county_administrator_home",
    "province_administrator",
)


def year(world):
    """The 2017 programme moved to today, with its home teacher enrolled."""
    if "courses_year" not in world.things:
        programme = make_programme(shift_to=timezone.localdate())
        teacher = world.people["teacher_home"]
        enrolment = Enrolment.objects.filter(user=teacher, programme=programme).first()
        world.things["courses_year"] = programme
        world.things["courses_enrolment"] = enrolment or make_enrolment(
            programme, user=teacher, school=teacher.school
        )
    return {}


def own_course(world):
    """An elective that only the home teacher chose."""
    if "courses_chosen" not in world.things:
        year(world)
        course, enrolment = make_elective(), world.things["courses_enrolment"]
        topic = choose_topic_rows(enrolment.programme, enrolment.school, course.topic)[0]
        enrolment.course_choices.create(course=course, topic_choice=topic, topic=course.topic)
        world.things["courses_chosen"] = course
    return {"code": world.things["courses_chosen"].code}


def own_module(world):
    code = own_course(world)["code"]
    return {"code": code, "pk": world.things["courses_chosen"].modules.first().pk}


def on_offer(world):
    own_course(world)
    if "courses_offered" not in world.things:
        world.things["courses_offered"] = make_course_page(category="elective", title="可选").course
    return {"code": world.things["courses_offered"].code}


def home_school(world):
    year(world)
    return {"pk": world.home_school.pk}


ROWS = [
    Row("courses:mine", SIGNED_IN, year),
    Row("courses:choose", SIGNED_IN, year),
    Row("courses:choose_course", only("teacher_home"), on_offer, method="post"),
    Row("courses:drop_course", only("teacher_home"), on_offer, method="post"),
    Row("courses:topics", TOPIC_PEOPLE, year),
    Row("courses:topics_of", OVER_HOME, home_school),
    Row("courses:topics_of", OVER_HOME, home_school, method="post"),
    Row("courses:supply", OFFICERS, year),
    Row("courses:course", only("teacher_home"), own_course),
    Row("courses:module", only("teacher_home"), own_module),
    Row("video_chooser:choose", only("editor")),
    Row("video_chooser:choose_results", only("editor")),
]
