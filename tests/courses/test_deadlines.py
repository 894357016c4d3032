"""Reminders before choosing and studying ends: once per person and stage, one statement each."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from courses.deadlines import DEADLINES
from courses.models import CourseChoice, Homework, Submission, TopicChoice
from credits.domain.ledger import post_entry
from notifications.domain.deadlines import send_deadline_notes
from notifications.domain.inbox import line_of
from notifications.models import Notification
from notifications.tasks import deadline_notes_task
from organisations.enums import Level
from programmes.domain.phases import extend_phase, set_phase
from programmes.models import Programme
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    make_programme,
    make_waiting_enrolment,
)
from tests.courses.test_completion import accept_homework, pass_test, study_all
from tests.factories import UserFactory, appoint, make_branch, make_organisation

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def programme():
    programme = make_programme()
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    programme.refresh_from_db()
    return programme


@pytest.fixture
def course():
    return make_course_page(has_test=True, homework_prompt="写一写").course


def told(kind):
    rows = Notification.objects.filter(kind=f"courses.{kind}").order_by("pk")
    return [(row.user_id, row.parameters["days_left"], row.urgent) for row in rows]


def submit(enrolment, course, state="handed_in"):
    homework = Homework.objects.get(course=course)
    return Submission.objects.create(
        homework=homework,
        user=enrolment.user,
        programme=enrolment.programme,
        state=state,
        handed_in_at=datetime(2017, 7, 1, tzinfo=BEIJING),
    )


def choose(enrolment, *courses):
    for course in courses:
        topic, _made = TopicChoice.objects.get_or_create(
            programme=enrolment.programme,
            school=enrolment.school,
            topic=course.topic,
            defaults={"chosen_by": enrolment.user},
        )
        CourseChoice.objects.create(
            enrolment=enrolment, course=course, topic_choice=topic, topic=course.topic
        )


def test_unfinished_required_courses_are_one_note_14_7_and_1_days_before(programme, course):
    make_course_page(has_test=True)
    enrolment = make_enrolment(programme)
    make_waiting_enrolment(programme)
    for day in (15, 16, 22, 23, 24, 28, 29, 30):
        send_deadline_notes(date(2017, 9, day))
        send_deadline_notes(date(2017, 9, day))
    assert told("unfinished_required") == [
        (enrolment.user_id, 14, False),
        (enrolment.user_id, 7, False),
        (enrolment.user_id, 1, True),
    ]
    assert Notification.objects.first().parameters["courses"] == 2


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2017-09-28T23:59:59+08:00", 0),
        ("2017-09-29T00:00:00+08:00", 1),
        ("2017-09-29T23:59:59+08:00", 1),
        ("2017-09-30T00:00:00+08:00", 0),
    ],
)
def test_the_last_day_is_counted_by_beijing_midnight(programme, course, time_machine, moment, sent):
    make_enrolment(programme)
    time_machine.move_to(datetime.fromisoformat(moment))
    deadline_notes_task()
    assert len(told("unfinished_required")) == sent


def test_whoever_waits_for_a_marker_or_has_finished_is_left_in_peace(programme, course):
    waiting, finished, studying = (make_enrolment(programme) for _ in range(3))
    for enrolment in (waiting, finished):
        study_all(enrolment.user, course)
        pass_test(enrolment, course)
    submit(waiting, course)
    accept_homework(finished, course)
    submit(studying, course)
    send_deadline_notes(date(2017, 9, 29))
    assert told("unfinished_required") == [(studying.user_id, 1, True)]


def test_hours_from_elsewhere_leave_nothing_to_remind_of(programme, course):
    enrolment = make_enrolment(programme)
    post_entry(
        user=enrolment.user,
        programme=programme,
        part="policy",
        category="required",
        class_hours=2,
        source="credits.award:1",
        label="认定",
    )
    send_deadline_notes(date(2017, 9, 29))
    assert told("unfinished_required") == []


def test_an_extension_moves_the_reminder_of_its_units_only(programme, course):
    here, _there = make_enrolment(programme), make_enrolment(programme)
    phase = programme.phases.get(key="required_study")
    county = here.school.parent
    extend_phase(phase, county, date(2017, 10, 20), by=UserFactory(), reason="snow")
    send_deadline_notes(date(2017, 10, 19))
    assert told("unfinished_required") == [(here.user_id, 1, True)]


def test_electives_end_with_the_registration_of_credits(programme):
    enrolment = make_enrolment(programme)
    choose(enrolment, make_elective(), make_elective(title="未选"))
    CourseChoice.objects.filter(course__title="未选").delete()
    send_deadline_notes(date(2017, 12, 24))
    [notice] = Notification.objects.filter(kind="courses.unfinished_elective")
    assert (notice.user_id, notice.parameters["courses"]) == (enrolment.user_id, 1)
    assert "12月31日" in line_of(notice).title


def test_returned_homework_leads_to_its_page_and_is_not_told_twice(programme, course):
    enrolment = make_enrolment(programme)
    study_all(enrolment.user, course)
    pass_test(enrolment, course)
    submit(enrolment, course, state="returned")
    send_deadline_notes(date(2017, 9, 23))
    [notice] = Notification.objects.all()
    assert notice.kind == "courses.returned_required"
    assert notice.url == reverse("courses:homework", args=[course.code])


def test_too_few_electives_are_told_early_where_the_choice_stays_open(programme):
    short, full = make_enrolment(programme), make_enrolment(programme)
    electives = [make_elective(class_hours=6) for _ in range(3)]
    choose(short, electives[0])
    choose(full, *electives)
    make_enrolment(programme)  # a school without topics: its teachers cannot choose
    for day in (date(2017, 11, 1), date(2017, 12, 1), date(2017, 12, 17), date(2017, 12, 30)):
        send_deadline_notes(day)
    assert told("unchosen") == [(short.user_id, left, False) for left in (60, 30, 14)]
    assert "6 / 18" in line_of(Notification.objects.filter(kind="courses.unchosen")[0]).title


def test_the_choice_of_courses_is_reminded_of_before_it_closes_and_after_it_opens(programme):
    enrolment = make_enrolment(programme)
    choose_topic_rows(programme, enrolment.school, "class_management")
    given = {"by": UserFactory(), "reason": "x"}
    set_phase(programme, "course_selection", date(2017, 6, 1), date(2017, 6, 7), **given)
    for day in (date(2017, 5, 31), date(2017, 6, 4), date(2017, 6, 6), date(2017, 12, 1)):
        send_deadline_notes(day)
    assert told("unchosen") == [(enrolment.user_id, 3, True), (enrolment.user_id, 1, True)]


def test_schools_and_counties_hear_of_topics_not_chosen(programme):
    _province, city, county, school = make_branch()
    city_run = make_organisation(Level.SCHOOL, city, acting_county=county)
    settled = make_organisation(Level.SCHOOL, county)
    make_organisation(Level.SCHOOL, county)  # nobody of it takes part
    for one in (school, city_run, settled):
        make_enrolment(programme, school=one)
    choose_topic_rows(programme, settled, "class_management")
    principal, officer, former = UserFactory(), UserFactory(), UserFactory()
    appoint(principal, Role.PRINCIPAL, school)
    appoint(officer, Role.ADMINISTRATOR, county)
    ended = datetime(2017, 2, 1, tzinfo=BEIJING)
    appoint(former, Role.PRINCIPAL, school, ended_at=ended)
    send_deadline_notes(date(2017, 5, 30))
    assert told("school_topics") == [(principal.pk, 1, True)]
    [notice] = Notification.objects.filter(kind="courses.county_topics")
    assert (notice.user_id, notice.parameters["schools"]) == (officer.pk, 2)


def test_markers_hear_of_homework_before_credits_are_registered(programme, course):
    _province, city, county, _school = make_branch()
    enrolment = make_enrolment(programme, school=make_organisation(Level.SCHOOL, county))
    city_run = make_organisation(Level.SCHOOL, city, acting_county=county)
    for one in (enrolment, make_enrolment(programme, school=city_run)):
        submit(one, course)
    marker, elsewhere = UserFactory(), UserFactory()
    appoint(marker, Role.MARKER, county)
    appoint(elsewhere, Role.MARKER, make_branch()[2])
    appoint(enrolment.user, Role.MARKER, county)
    send_deadline_notes(date(2017, 12, 24))
    counts = Notification.objects.filter(kind="courses.unmarked").values_list(
        "user_id", "parameters__homework"
    )
    assert dict(counts) == {marker.pk: 2, enrolment.user_id: 1}


def test_three_people_cost_the_statements_of_one(programme, course):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            send_deadline_notes(date(2017, 9, 29))
        return [one["sql"] for one in queries.captured_queries if "INSERT" in one["sql"]]

    make_enrolment(programme)
    first = statements()
    for _ in range(2):
        make_enrolment(programme)
    assert len(statements()) == len(first)
    assert len(told("unfinished_required")) == 3


@pytest.mark.parametrize("note", DEADLINES, ids=lambda note: f"{note.kind} {note.days}")
def test_nothing_is_asked_wrongly_without_a_programme_under_way(note):
    assert send_deadline_notes(date(2017, 9, 29)) == 0
    assert note.select(date(2017, 9, 30)) is None or note.days
