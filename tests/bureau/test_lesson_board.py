"""Lessons and reviews by unit: counted for every level at once, shown with a constant cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.lesson_progress import COUNTS, count_lessons
from bureau.invariants import INVARIANTS
from bureau.models import UnitLessons
from lessons.domain.research import school_year_of
from lessons.enums import LessonState
from lessons.models import CoveredUnit, NationalStudy, ResearchLesson
from organisations.enums import Level
from programmes.enums import PersonType
from tests.bureau.importing import quietly
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory, appoint, make_branch, make_organisation
from tests.lessons.factories import (
    assign,
    make_lesson,
    make_national,
    make_outstanding,
    make_review,
)

pytestmark = pytest.mark.django_db


def cover(user, unit):
    CoveredUnit.objects.create(user=user, unit=unit, covered_at=timezone.now())


def teacher(programme, school, **fields):
    return make_enrolment(programme, user=UserFactory(school=school), school=school, **fields)


@pytest.fixture
def year():
    """Two teachers and a researcher of a school; one teacher has done everything."""
    programme = make_programme(shift_to=timezone.localdate())
    branch = make_branch()
    done, begun = teacher(programme, branch[3]), teacher(programme, branch[3])
    teacher(programme, branch[3], person_type=PersonType.RESEARCHER, certificate_number="Z1")
    ResearchLesson.objects.create(
        teacher=done.user,
        school=branch[3],
        school_year=school_year_of(timezone.localdate()),
        title="研究课",
        held_on=timezone.localdate(),
        period=2,
        noted_by=done.user,
    )
    make_lesson(programme, begun.user, branch[3])
    make_lesson(programme, done.user, branch[3], state=LessonState.SHOWN)
    make_lesson(programme, done.user, branch[3], barred_at=timezone.now())
    outstanding = make_outstanding(programme, school=make_branch()[3])
    unit = outstanding.lesson.recordings.get().video.unit
    for enrolment in (done, begun):
        sent = {"state": "sent", "sent_at": timezone.now()} if enrolment == done else {}
        make_review(assign(enrolment, outstanding), **sent)
        cover(enrolment.user, unit)
    for position in (1, 2):
        lesson = make_national(programme, position, subject=done.subject, stage=done.stage)
        NationalStudy.objects.create(
            programme=programme,
            lesson=lesson,
            user=done.user,
            reflection="读后",
            sent_at=timezone.now(),
        )
        cover(done.user, lesson.video.unit)
        cover(done.user, lesson.commentary_unit)
    return programme, branch


def counts_of(organisation):
    row = UnitLessons.objects.get(organisation=organisation)
    return {name: getattr(row, name) for name in COUNTS}


def test_every_level_is_counted_in_one_statement(year, django_assert_num_queries):
    programme, branch = year
    with django_assert_num_queries(4):  # two savepoints, the lock, the statement
        count_lessons(programme)
    expected = {
        "research_owing": 2,
        "research_given": 1,
        "lessons_shown": 1,
        "lessons_chosen": 1,
        "reviews_due": 2,
        "reviews_finished": 1,
        "national_owing": 3,
        "national_finished": 1,
    }
    assert [counts_of(unit) for unit in branch] == [expected] * 4
    adds_up = next(one for one in INVARIANTS if one.name == "lessons_roll_up_adds_up")
    with connection.cursor() as cursor:
        cursor.execute(adds_up.sql)
        assert cursor.fetchall() == []


def test_a_city_run_school_counts_under_its_acting_county(year):
    programme, branch = year
    own = make_organisation(Level.SCHOOL, branch[1], code="3137099001", acting_county=branch[2])
    make_lesson(programme, UserFactory(school=own), own)
    count_lessons(programme)
    assert counts_of(branch[2])["lessons_chosen"] == 2
    assert counts_of(branch[1])["lessons_chosen"] == 2


def test_the_page_costs_as_much_for_three_units_as_for_one(year):
    programme, branch = year
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, branch[2])
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    counted = []
    for turn in range(3):
        count_lessons(programme)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("bureau:unit_lessons", args=[branch[2].pk]))
        counted.append(len(asked))
        more = make_organisation(Level.SCHOOL, branch[2], code=f"313709910{turn}")
        make_lesson(programme, UserFactory(school=more), more)
    assert len(page.context["lines"].object_list) == 3
    assert counted[1] == counted[2]


def test_the_figures_go_out_for_the_unit_and_all_below(year):
    programme, branch = year
    count_lessons(programme)
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, branch[1])
    export = request_export(EXPORT_KINDS["lesson_progress"], branch[1], by=officer, language="en")
    assert make_export(export.pk, quietly).rows == 3


def test_a_unit_without_people_is_forgotten(year):
    programme, branch = year
    count_lessons(programme)
    programme.enrolments.update(state="withdrawn")
    programme.lessons.update(state=LessonState.DRAFT)
    count_lessons(programme)
    assert not UnitLessons.objects.filter(organisation__in=branch).exists()
