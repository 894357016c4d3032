"""The personal space: one sentence on top, every missing hour explained, a constant cost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.enums import Role
from core.navigation import first_desk
from courses.models import CourseChoice
from credits.domain.registrations import revoke_registration
from lessons.domain.hours import settle_lessons
from lessons.domain.national import study_of
from notifications.models import Notification
from programmes.domain.phases import extend_phase
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState
from space.domain.owed import first_step, owed_lines
from space.queries import read_year
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    study,
)
from tests.credits.factories import make_officer, post, registered
from tests.factories import UserFactory, make_branch
from tests.lessons.factories import make_national

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2017, 9, 18, 4, tzinfo=UTC)  # noon in Shandong, 12 days before the end


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(SEPTEMBER, tick=False):
        yield


@pytest.fixture
def programme():
    return load_programme("2017", make_current=True)


def sign_in(user):
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def space_of(user):
    return sign_in(user).get("/space/")


def choose_courses(enrolment, *courses):
    topic = choose_topic_rows(enrolment.programme, enrolment.school, courses[0].topic)[0]
    for course in courses:
        CourseChoice.objects.create(
            enrolment=enrolment, course=course, topic_choice=topic, topic=course.topic
        )


def lines_of(user):
    return owed_lines(read_year(user), at=timezone.now())


def test_without_a_programme_the_space_says_so():
    page = space_of(UserFactory())
    assert page.context["answer"].headline == "No programme year is under way"


@pytest.mark.parametrize(
    ("state", "headline", "button"),
    [
        (EnrolmentState.ENTERED, "Check your enrolment and confirm it", "/programmes/enrolment/"),
        (EnrolmentState.CONFIRMED, "Confirmed: now the county approves your enrolment", ""),
        (EnrolmentState.RETURNED, "Your enrolment went back to your school", ""),
        (EnrolmentState.WITHDRAWN, "You are not enrolled in this year's programme", ""),
    ],
)
def test_before_approval_the_space_says_who_is_to_act(programme, state, headline, button):
    dates = {"confirmed_at": timezone.now(), "approved_at": None}
    enrolment = make_enrolment(programme, state=state, return_reason="x", **dates)
    page = space_of(enrolment.user)
    assert (page.context["answer"].headline, page.context["answer"].url) == (headline, button)
    assert page.context["lines"] == []


def test_who_is_not_enrolled_is_told_to_ask_the_school(programme):
    page = space_of(UserFactory())
    assert page.context["answer"].headline == "You are not enrolled in this year's programme"


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_an_officer_who_does_not_study_is_led_to_the_desk(programme):
    officer = make_officer(make_branch()[2], Role.ADMINISTRATOR)
    answer = space_of(officer).context["answer"]
    assert answer.headline == "Your work waits at your desk"
    assert answer.url == first_desk(officer)


def test_every_missing_hour_is_explained(programme, english):
    course = make_course_page(title="Policy").course
    enrolment = make_enrolment(programme)
    with time_machine.travel(SEPTEMBER):
        lines = lines_of(enrolment.user)
    choose, policy = lines[1], lines[0]
    assert (policy.title, policy.label, policy.task) == ("Policy", "Start", "start “Policy”")
    assert policy.url.startswith(f"/courses/{course.code}/")
    assert (choose.title, choose.url) == (
        "Choose electives for 18 class hours",
        "/courses/choose/",
    )
    assert [line.url for line in lines[2:]] == ["", ""]
    national, reviews = lines[2:]
    assert "No national lesson for your stage and subject is on offer yet" in national.sentence
    assert "have not been drawn yet" in reviews.sentence


def test_a_national_lesson_is_owed_with_the_step_nearest_to_its_hours(programme, english):
    enrolment = make_enrolment(programme)
    make_national(programme, 1)
    begun = make_national(programme, 2, title="Zhaozhou Bridge")
    with time_machine.travel(SEPTEMBER):
        study_of(begun.pk, user=enrolment.user, programme=programme)
        study(enrolment.user, begun.video.unit)
        settle_lessons(programme)
        owed = next(line for line in lines_of(enrolment.user) if "Zhaozhou" in line.sentence)
    assert owed.label == "Read"
    assert owed.url == f"/lessons/national/{begun.pk}/reflection/"
    assert owed.sentence == (
        "4 class hours · “Zhaozhou Bridge”: Watched. Read the expert's commentary next."
    )


def test_the_sum_counts_no_surplus_into_another_part(programme):
    enrolment = make_enrolment(programme)
    post(enrolment.user, programme, "elective", 20)
    post(enrolment.user, programme, "policy", 2)
    page = space_of(enrolment.user)
    assert page.context["year"].requirement.earned == Decimal(20)
    done = [line for line in page.context["lines"] if line.is_done]
    assert [line.title for line in done] == ["Education policy and law", "Elective courses"]
    assert "2 class hours more than needed" in done[1].sentence


def test_all_hours_done_leaves_nothing_to_press(programme):
    enrolment = make_enrolment(programme)
    for part, hours in (
        ("national_lessons", 4),
        ("lesson_reviews", 12),
        ("policy", 2),
        ("elective", 18),
    ):
        post(enrolment.user, programme, part, hours)
    page = space_of(enrolment.user)
    assert page.context["answer"].headline == "All 36 class hours are done"
    assert page.context["first"] is None
    assert "button go" not in page.text


def test_a_registered_teacher_is_led_to_the_certificate(programme):
    school = make_branch()[3]
    enrolment = make_enrolment(programme, school=school, confirmed_at=timezone.now())
    principal = make_officer(school, Role.PRINCIPAL)
    county = make_officer(school.parent)
    certificate = registered(enrolment.user, programme, principal, county).certificate
    answer = space_of(enrolment.user).context["answer"]
    assert answer.url == f"/credits/certificates/{certificate.pk}.pdf"

    revoke_registration(certificate.registration, by=county, why="线下研修记录核查不实。")
    answer = space_of(enrolment.user).context["answer"]
    assert "线下研修记录核查不实" in answer.text
    assert answer.url == f"/credits/registrations/{certificate.registration_id}/"


def test_what_is_under_way_comes_before_what_is_not_begun(programme, english):
    make_course_page(title="Policy")
    begun, fresh = make_elective(title="Begun", class_hours=6), make_elective(class_hours=12)
    enrolment = make_enrolment(programme)
    choose_courses(enrolment, begun, fresh)
    study(enrolment.user, begun.modules.first().unit)
    lines = lines_of(enrolment.user)
    assert first_step(lines).task == "go on with “Begun”"
    assert lines[1].sentence.endswith("1 more course is waiting.")
    assert "Choose electives for" not in [line.title[:20] for line in lines]


def test_the_warm_button_is_there_once(programme):
    make_course_page(title="Policy")
    enrolment = make_enrolment(programme)
    assert space_of(enrolment.user).text.count("button go") == 1


def test_after_the_window_study_is_said_to_earn_nothing(programme, english):
    make_course_page(title="Policy")
    enrolment = make_enrolment(programme)
    with time_machine.travel(datetime(2017, 9, 30, 16, tzinfo=UTC)):  # 24:00 in Shandong
        assert "earns no hours" in lines_of(enrolment.user)[0].sentence
    with time_machine.travel(datetime(2017, 9, 30, 15, 59, 59, tzinfo=UTC)):
        assert "earns no hours" not in lines_of(enrolment.user)[0].sentence


def test_an_extension_of_the_county_moves_the_last_day(programme):
    make_course_page(title="Policy")
    _province, _city, county, school = make_branch()
    enrolment = make_enrolment(programme, school=school)
    phase = programme.phases.get(key="required_study")
    extend_phase(
        phase,
        county,
        date(2017, 10, 15),
        by=UserFactory(),
        reason="flood",
    )
    closes_at = lines_of(enrolment.user)[0].closes_at
    assert timezone.localtime(closes_at).date().isoformat() == "2017-10-16"


def test_the_days_beside_the_list_are_the_next_ones(programme):
    enrolment = make_enrolment(programme)
    page = space_of(enrolment.user)
    assert [str(event.day) for event in page.context["events"]] == ["2017-09-30", "2017-12-31"]
    assert page.context["this_week"] is False
    with time_machine.travel(datetime(2017, 9, 25, tzinfo=UTC)):
        page = space_of(enrolment.user)
    assert [str(event.day) for event in page.context["events"]] == ["2017-09-30"]
    assert page.context["this_week"] is True


def test_messages_are_those_of_the_person_only(programme):
    mine, other = make_enrolment(programme).user, UserFactory()
    for user in (mine, other):
        Notification.objects.create(user=user, kind="programmes.enrolment_approved")
    page = space_of(mine)
    assert [told.title for told in page.context["notices"]] == ["Your enrolment is approved"]


def test_the_cost_is_constant_and_small(programme):
    """Source: the space takes at most 12 statements, however much a person owes."""
    enrolment = make_enrolment(programme)
    make_course_page()
    choose_courses(enrolment, make_elective(class_hours=2))
    post(enrolment.user, programme, "elective", 1)
    client = sign_in(enrolment.user)
    few = statements(client)
    for _ in range(2):
        make_course_page()
        post(enrolment.user, programme, "elective", 1)
        Notification.objects.create(user=enrolment.user, kind="programmes.enrolment_approved")
    more = statements(client)
    assert len(few) == len(more)
    assert len(more) <= 12


def statements(client):
    client.get("/space/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/space/").status_code == 200
    return [query["sql"] for query in queries]
