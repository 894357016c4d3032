"""Settling as things happen and settling everybody at the end give the same ledger."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.domain.completion import settle_courses
from courses.models import Course, Module
from credits.models import LedgerEntry
from tests.courses.factories import make_enrolment, make_programme
from tests.courses.test_completion import accept_homework, beat, pass_test
from videos.domain.units import reading_unit

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
CLOSES = datetime(2017, 10, 1, tzinfo=BEIJING)
ACTS = ["first", "second", "half", "test", "homework"]
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(-40, 40)), max_size=7, unique_by=lambda act: act[0]
)


def make_course(has_test, has_homework):
    course = Course.objects.create(
        code="c",
        title="课程",
        part="policy",
        category="required",
        class_hours=2,
        has_test=has_test,
        has_homework=has_homework,
    )
    units = [reading_unit(f"单元 {position}", 100) for position in (1, 2)]
    for position, unit in enumerate(units, start=1):
        Module.objects.create(
            course=course, key=str(position), title=unit.title, position=position, unit=unit
        )
    return course, units


def play(enrolment, course, units, name, at):
    if name == "test":
        pass_test(enrolment, course, at)
    elif name == "homework":
        accept_homework(enrolment, course, at)
    elif name == "half":
        beat(enrolment.user, units[0], 94, at)
    else:
        beat(enrolment.user, units[ACTS.index(name)], 95, at)


@given(acts=acts, has_test=st.booleans(), has_homework=st.booleans())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_hours_are_posted_exactly_when_all_was_done_in_time(acts, has_test, has_homework, db):
    with transaction.atomic():
        enrolment = make_enrolment(make_programme())
        course, units = make_course(has_test, has_homework)
        done = {}
        for name, day in acts:
            at = CLOSES + timedelta(days=day, hours=-1)
            play(enrolment, course, units, name, at)
            if name == "half" and "first" in done:
                continue
            done[name] = at
        asked = {"first", "second"}
        asked |= ({"test"} if has_test else set()) | ({"homework"} if has_homework else set())
        in_time = asked <= done.keys() and all(done[name] < CLOSES for name in asked)
        as_it_happened = LedgerEntry.objects.count()
        settle_courses(enrolment.programme)
        assert (as_it_happened, LedgerEntry.objects.count()) == (in_time, in_time)
        transaction.set_rollback(True)
