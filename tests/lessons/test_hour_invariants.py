"""Each invariant of reviews and their hours names what somebody changed behind the application."""

import pytest
from django.db import connection

from core.invariants import check_invariants
from credits.domain.ledger import post_entry
from lessons.domain.hours import settle_people
from lessons.models import NationalStudy
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import UserFactory
from tests.lessons.factories import make_lesson, make_national
from tests.lessons.test_hours import IN_JULY, beat, case, send, watch

pytestmark = pytest.mark.django_db
BREAKS = {
    "review_of_its_lesson": "UPDATE lessons_review SET lesson_id = %(other)s",
    "hours_of_reviews_have_their_work": (
        "UPDATE lessons_review SET state = 'draft', sent_at = NULL"
    ),
    "hours_of_national_lessons_have_their_work": "DELETE FROM lessons_nationalstudy",
}


@pytest.fixture
def enrolment():
    """Somebody with the hours of a reviewed and of a national lesson."""
    enrolment = make_enrolment(make_programme())
    review = case(enrolment)
    watch(review)
    send(review)
    national = make_national(enrolment.programme)
    for unit in (national.video.unit, national.commentary_unit):
        beat(enrolment.user, unit)
    NationalStudy.objects.create(
        programme=enrolment.programme,
        lesson=national,
        user=enrolment.user,
        reflection="好",
        sent_at=IN_JULY,
    )
    settle_people([enrolment.user_id], enrolment.programme)
    return enrolment


def broken():
    found = check_invariants()
    return {
        one.invariant.name.removeprefix("lessons.")
        for one in found
        if one.app == "lessons" and not one.kept
    }


def test_what_the_product_posts_breaks_nothing(enrolment):
    hours = enrolment.user.ledger_entries.values_list("class_hours", flat=True)
    assert sorted(hours) == [2, 3]
    assert broken() == set()


@pytest.mark.parametrize("name", BREAKS)
def test_what_was_changed_by_hand_is_named(enrolment, name):
    other = make_lesson(enrolment.programme, UserFactory(school=enrolment.school))
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[name], {"other": other.pk})
    assert name in broken()


def test_hours_of_a_lesson_more_than_the_year_counts_are_named(enrolment):
    for number in range(4):
        post_entry(
            user=enrolment.user,
            programme=enrolment.programme,
            part="lesson_reviews",
            category="required",
            class_hours=3,
            source=f"lessons.case:{number + 900}",
            label="课例",
        )
    assert "no_more_hours_than_the_year_counts" in broken()
