"""Reminders of lessons left before the required study ends: one line a person and stage."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from credits.domain.ledger import post_entry
from lessons.models import CoveredUnit
from notifications.domain.deadlines import send_deadline_notes
from notifications.domain.inbox import line_of
from notifications.models import Notification
from programmes.models import Programme
from tests.courses.factories import make_enrolment, make_programme
from tests.factories import make_branch
from tests.lessons.factories import assign, make_national, make_outstanding, make_review

pytestmark = pytest.mark.django_db
FORTNIGHT, WEEK, EVE = date(2017, 9, 16), date(2017, 9, 23), date(2017, 9, 29)


@pytest.fixture
def enrolment():
    """A teacher with two drawn lessons and two national ones ahead."""
    programme = make_programme()
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    enrolment = make_enrolment(programme)
    for position in (1, 2):
        assign(enrolment, make_outstanding(programme, school=make_branch()[3]), position)
        make_national(programme, position, stage=enrolment.stage, subject=enrolment.subject)
    return enrolment


def told():
    rows = Notification.objects.filter(kind="lessons.unfinished").order_by("pk")
    keys = ("reviews", "national", "days_left")
    return [(*(row.parameters[key] for key in keys), row.urgent) for row in rows]


def earn(enrolment, part, hours, source):
    post_entry(
        user=enrolment.user,
        programme=enrolment.programme,
        part=part,
        category="required",
        class_hours=Decimal(hours),
        source=source,
        label=source,
    )


def test_all_that_is_left_is_one_line_14_7_and_1_days_before(enrolment):
    for day in (date(2017, 9, 10), FORTNIGHT, FORTNIGHT, WEEK, EVE):
        send_deadline_notes(day)
    assert told() == [(2, 2, 14, False), (2, 2, 7, False), (2, 2, 1, True)]
    with translation.override("en"):
        line = line_of(Notification.objects.filter(kind="lessons.unfinished").last())
    assert "2 drawn reviews and 2 national lessons" in line.title


def test_a_review_counts_once_it_is_sent_and_its_recording_covered(enrolment):
    sent = {"state": "sent", "sent_at": timezone.now()}
    cases = list(enrolment.user.case_assignments.order_by("position"))
    reviews = [make_review(case, **sent) for case in cases]
    unit = reviews[0].recording.video.unit
    CoveredUnit.objects.create(user=enrolment.user, unit=unit, covered_at=timezone.now())
    earn(enrolment, "national_lessons", 2, "lessons.national:1")
    send_deadline_notes(WEEK)
    assert told() == [(1, 1, 7, False)]


def test_whose_parts_are_filled_is_left_in_peace(enrolment):
    earn(enrolment, "lesson_reviews", 12, "award.1")
    earn(enrolment, "national_lessons", 4, "award.2")
    send_deadline_notes(WEEK)
    assert told() == []


def test_what_nobody_offers_or_can_play_is_not_asked_for(enrolment):
    enrolment.programme.national_lessons.update(video=None)
    enrolment.user.case_assignments.update(replaced_at=timezone.now(), why_replaced="withdrawn")
    send_deadline_notes(WEEK)
    assert told() == []


def test_three_people_cost_the_statement_of_one(enrolment):
    counted = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            send_deadline_notes(WEEK)
        counted.append(len([one for one in asked if "INSERT" in one["sql"]]))
        for _more in range(2):
            make_enrolment(enrolment.programme)
    assert counted[0] == counted[1]
