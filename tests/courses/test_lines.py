"""Where a teacher stands, the one next step, and the pages that say it (R11, R16, R21)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.invariants import check_invariants
from courses.domain.completion import settle_courses
from courses.domain.course_choices import choose_course
from courses.domain.demo_content import as_html, demo_courses, load_demo_courses
from courses.enums import CourseState
from courses.models import Course, CoursePage, Module
from courses.permissions import can_study
from courses.queries.lines import course_lines
from courses.queries.offer import short_courses, supply
from courses.queries.steps import STEPS, next_step
from credits.models import LedgerEntry
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from tests.courses.factories import (
    choose_topic_rows,
    make_course_page,
    make_elective,
    make_enrolment,
    make_module_page,
    make_programme,
    make_waiting_enrolment,
    study,
)
from tests.courses.test_completion import accept_homework, pass_test, study_all
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
IN_JULY = datetime(2017, 7, 10, 12, tzinfo=BEIJING)
IN_MAY = datetime(2017, 5, 10, 12, tzinfo=BEIJING)
IN_NOVEMBER = datetime(2017, 11, 10, 12, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(IN_JULY, tick=False):
        yield


@pytest.fixture
def enrolment():
    programme = make_programme()
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    programme.refresh_from_db()
    return make_enrolment(programme)


def states(enrolment):
    lines = course_lines(enrolment.user, enrolment.programme)
    return {line.code: line.state for line in lines}


def state(enrolment, course):
    return states(enrolment)[course.code]


def test_a_course_walks_from_new_to_earned(enrolment):
    course = make_course_page(has_test=True, homework_prompt="写一写").course
    first, second = course.modules.all()
    assert state(enrolment, course) == CourseState.NEW
    study(enrolment.user, first.unit, 5, IN_JULY)
    assert state(enrolment, course) == CourseState.STUDYING
    study_all(enrolment.user, course)
    assert state(enrolment, course) == CourseState.TEST
    pass_test(enrolment, course)
    assert state(enrolment, course) == CourseState.HOMEWORK
    accept_homework(enrolment, course)
    assert state(enrolment, course) == CourseState.EARNED


def test_the_module_where_one_stopped_comes_next(enrolment):
    course = make_course_page(modules=3).course
    _first, second, third = course.modules.all()
    study(enrolment.user, third.unit, 5, IN_JULY)
    study(enrolment.user, second.unit, 5, datetime(2017, 7, 10, 13, tzinfo=BEIJING))
    line = course_lines(enrolment.user, enrolment.programme)[0]
    assert (line.next_id, line.next_title) == (second.pk, second.title)


def test_every_state_has_its_step():
    assert set(STEPS) == set(CourseState)


def test_a_correction_pushes_other_courses_at_once_and_keeps_the_hours(enrolment):
    primary = make_course_page(modules=1, stages=["primary"]).course
    senior = make_course_page(modules=1, stages=["senior"], subjects=["physics"]).course
    common = make_course_page(modules=1).course
    study_all(enrolment.user, primary)
    assert set(states(enrolment)) == {primary.code, common.code}
    enrolment.stage, enrolment.subject = "senior", "physics"
    enrolment.save()
    assert states(enrolment) == {
        primary.code: CourseState.EARNED,
        senior.code: CourseState.NEW,
        common.code: CourseState.NEW,
    }
    assert LedgerEntry.objects.count() == 1


def test_nothing_is_pushed_to_who_is_not_approved(enrolment):
    course = make_course_page().course
    waiting = make_waiting_enrolment(enrolment.programme)
    assert course_lines(waiting.user, enrolment.programme) == []
    assert not can_study(waiting.user, course)
    assert can_study(enrolment.user, course)


def test_study_begins_with_the_window_and_goes_on_without_hours_after_it(enrolment):
    course = make_course_page(modules=1).course
    with time_machine.travel(IN_MAY, tick=False):
        assert state(enrolment, course) == CourseState.NOT_OPEN
        assert not can_study(enrolment.user, course)
    with time_machine.travel(IN_NOVEMBER, tick=False):
        line = course_lines(enrolment.user, enrolment.programme)[0]
        assert (line.state, line.counts) == (CourseState.NEW, False)
        assert can_study(enrolment.user, course)
        study_all(enrolment.user, course, at=IN_NOVEMBER)
        assert state(enrolment, course) == CourseState.LATE


def test_a_withdrawn_elective_stays_on_the_list_but_cannot_be_studied(enrolment):
    course = make_elective()
    choose_topic_rows(enrolment.programme, enrolment.school, "class_management")
    choose_course(enrolment, course, by=enrolment.user)
    Course.objects.update(is_open=False)
    assert states(enrolment) == {course.code: CourseState.CLOSED}
    assert not can_study(enrolment.user, course)


@pytest.mark.parametrize("address", ["mine", "choose", "course", "module"])
def test_a_page_asks_the_database_as_often_with_many_rows_as_with_one(enrolment, address):
    choose_topic_rows(enrolment.programme, enrolment.school, "class_management")
    page = make_course_page(modules=1)
    choose_course(enrolment, make_elective(modules=1), by=enrolment.user)
    client = Client()
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    url = address_of(address, page.course)
    few = queries_of(client, url)
    for _ in range(3):
        make_module_page(page)
        make_elective(modules=1)
        choose_course(enrolment, Course.objects.latest("pk"), by=enrolment.user)
    assert queries_of(client, url) == few


def address_of(name, course):
    kwargs = {"code": course.code} if name in ("course", "module") else {}
    if name == "module":
        kwargs["pk"] = course.modules.first().pk
    return reverse(f"courses:{name}", kwargs=kwargs)


def queries_of(client, url):
    client.get(url)  # what is read once per process is read
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_settling_leaves_every_invariant_kept_and_a_forged_line_is_named(enrolment):
    course = make_course_page(modules=2, has_test=True).course
    study_all(enrolment.user, course)
    pass_test(enrolment, course)
    settle_courses(enrolment.programme)
    later = make_module_page(course_page_of(course)).module
    posted_at = LedgerEntry.objects.get().posted_at  # by the database's clock, not the test's
    Module.objects.filter(pk=later.pk).update(open_since=posted_at + timedelta(seconds=1))
    ours = [finding for finding in check_invariants() if finding.app == "courses"]
    assert [finding.invariant.name for finding in ours if not finding.kept] == []
    forger = make_enrolment(enrolment.programme)
    LedgerEntry.objects.create(
        programme=enrolment.programme,
        user=forger.user,
        part="policy",
        category="required",
        class_hours=2,
        source=f"courses.course:{course.pk}",
        label="伪造",
        earned_at=IN_JULY,
    )
    broken = [f.invariant.name for f in check_invariants() if f.app == "courses" and not f.kept]
    assert broken == [
        "courses.hours_have_their_coverage",
        "courses.hours_have_their_test_and_homework",
    ]


def course_page_of(course):
    return CoursePage.objects.get(course=course)


def test_the_demo_courses_load_once_and_offer_every_topic(enrolment):
    by = UserFactory()
    load_demo_courses(by=by)
    before = Module.objects.count(), Course.objects.count()
    assert len(load_demo_courses(by=by)) == len(demo_courses())
    assert (Module.objects.count(), Course.objects.count()) == before
    pack = rule_pack_of(enrolment.programme)
    empty = [offer for stage in supply(pack) for offer in stage.topics if not offer.class_hours]
    assert empty == []
    assert short_courses(pack) == []
    banks = Course.objects.annotate(asked=Count("questions"))
    assert [bank.code for bank in banks if bank.asked < 14] == []


def test_plain_text_becomes_the_editors_html():
    text = "### 题目\n第一段 <b>\n- 一\n- 二\n第二段"
    assert as_html(text) == (
        "<h3>题目</h3><p>第一段 &lt;b&gt;</p><ul><li>一</li><li>二</li></ul><p>第二段</p>"
    )


def test_the_step_of_a_returned_homework_leads_to_it(enrolment):
    course = make_course_page(modules=1, homework_prompt="写一写").course
    study_all(enrolment.user, course)
    step = next_step(course_lines(enrolment.user, enrolment.programme)[0])
    assert step.url == reverse("courses:homework", kwargs={"code": course.code})
