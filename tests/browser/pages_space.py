from django.utils import timezone

from courses.models import CourseChoice
from notifications.models import Notification
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from tests.browser.pages import Look
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    study,
)
from tests.credits.factories import post

ALL_HOURS = {"national_lessons": 4, "lesson_reviews": 12, "policy": 2, "elective": 18}


def enrolled(world, **fields):
    programme = load_programme("2017", shift_to=timezone.localdate(), make_current=True)
    fields = {"confirmed_at": timezone.now()} | fields
    teacher = world.people["teacher_home"]
    return make_enrolment(programme, user=teacher, school=world.home_school, **fields)


def under_way(world):
    """A teacher in the middle of the year, with something of everything on the page."""
    enrolment = enrolled(world)
    make_course_page(title="教育政策法规")
    course = make_elective(title="微课程的设计与应用", class_hours=6)
    topic = choose_topic_rows(enrolment.programme, enrolment.school, course.topic)[0]
    CourseChoice.objects.create(
        enrolment=enrolment, course=course, topic_choice=topic, topic=course.topic
    )
    study(enrolment.user, course.modules.first().unit)
    post(enrolment.user, enrolment.programme, "national_lessons", 4)
    post(enrolment.user, enrolment.programme, "elective", 2.5)
    Notification.objects.create(user=enrolment.user, kind="programmes.enrolment_approved")
    return "/space/"


def to_confirm(world):
    enrolled(world, state=EnrolmentState.ENTERED, approved_at=None, confirmed_at=None)
    return "/space/"


def complete(world):
    enrolment = enrolled(world)
    for part, hours in ALL_HOURS.items():
        post(enrolment.user, enrolment.programme, part, hours)
    return "/space/"


MORE = [
    Look("space under way", under_way, "teacher_home"),
    Look("space under way in English", under_way, "teacher_home", language="en"),
    Look("space to confirm", to_confirm, "teacher_home"),
    Look("space complete", complete, "teacher_home"),
]
