"""Course pages, choices and study for tests."""

from datetime import timedelta
from itertools import count

from django.utils import timezone
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage, ModulePage, TopicChoice
from programmes.domain.rulepacks import load_programme
from programmes.enums import Category, EnrolmentState
from programmes.models import Enrolment
from tests.factories import UserFactory, make_branch
from videos.models import StudyRecord

_codes = count(1)
TEXT = "<p>" + "教师应当遵守职业道德，依法执教。" * 40 + "</p>"


def make_index():
    found = CourseIndexPage.objects.first()
    return found or Page.get_first_root_node().add_child(
        instance=CourseIndexPage(title="课程目录", slug="catalogue")
    )


def make_course_page(modules=2, publish=True, **fields):
    """A course page with text modules, published like an editor would."""
    number = next(_codes)
    fields = {
        "title": f"课程 {number}",
        "slug": f"course-{number}",
        "category": Category.REQUIRED,
        "part": "policy",
        "class_hours": 2,
        "has_test": False,
        "summary": "学完能说清依据。",
    } | fields
    if fields["category"] == Category.ELECTIVE:
        fields["part"] = "elective"
        fields.setdefault("topic", "class_management")
    page = make_index().add_child(instance=CoursePage(live=False, **fields))
    for _ in range(modules):
        make_module_page(page, publish=publish)
    if publish:
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_module_page(course_page, publish=True, **fields):
    number = next(_codes)
    fields = {
        "title": f"单元 {number}",
        "slug": f"module-{number}",
        "body": [("text", TEXT)],
    } | fields
    page = course_page.add_child(instance=ModulePage(live=False, **fields))
    if publish:
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_elective(**fields):
    """The row of a published elective."""
    return make_course_page(category=Category.ELECTIVE, **fields).course


def make_programme(shift_to=None):
    return load_programme("2017", shift_to=shift_to)


def make_enrolment(programme, **fields):
    school = fields.get("school") or make_branch()[-1]
    fields = {
        "stage": "primary",
        "subject": "mathematics",
        "school": school,
        "state": EnrolmentState.APPROVED,
        "approved_at": timezone.now(),
    } | fields
    user = fields.pop("user", None) or UserFactory(school=school)
    return Enrolment.objects.create(programme=programme, user=user, **fields)


def make_waiting_enrolment(programme, **fields):
    """One that the county has not approved yet."""
    waiting = {"state": "confirmed", "confirmed_at": timezone.now(), "approved_at": None}
    return make_enrolment(programme, **waiting, **fields)


def choose_topic_rows(programme, school, *topics):
    """The school's topics as rows, without the rule about their hours."""
    return [
        TopicChoice.objects.create(
            programme=programme, school=school, topic=topic, chosen_by=UserFactory()
        )
        for topic in topics
    ]


def study(user, unit, seconds=None, at=None):
    """A study record as the clock leaves it behind."""
    at = at or timezone.now()
    seconds = unit.length_seconds if seconds is None else seconds
    record, _created = StudyRecord.objects.update_or_create(
        user=user,
        unit=unit,
        defaults={
            "watched": [(0, seconds)] if seconds else [],
            "position_seconds": seconds,
            "opened_at": at - timedelta(seconds=seconds + 60),
            "last_beat_at": at,
        },
    )
    return record
