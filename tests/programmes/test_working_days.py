from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import AuditRecord
from programmes.domain.working_days import (
    LAST_YEAR_KNOWN,
    add_working_days,
    calendar_knows,
    clear_working_day,
    is_working_day,
    set_working_day,
    working_days_between,
)
from programmes.models import WorkingDay
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
quietly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
days = st.dates(date(2017, 1, 1), date(LAST_YEAR_KNOWN + 3, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2017, 5, 1), False),  # Labour Day, a Monday
        (date(2017, 5, 27), True),  # a Saturday worked for the Dragon Boat holiday
        (date(2017, 5, 29), False),  # that holiday's Monday
        (date(2017, 5, 20), False),  # an ordinary Saturday
        (date(2017, 5, 19), True),
    ],
)
def test_2017_with_its_moved_days(day, works):
    assert is_working_day(day) is works


def test_a_row_overrules_the_calendar_until_it_is_taken_out():
    officer = UserFactory()
    row = set_working_day(date(2017, 5, 19), False, by=officer, note="sports day")
    assert not is_working_day(date(2017, 5, 19))
    assert add_working_days(date(2017, 5, 18), 1) == date(2017, 5, 22)
    clear_working_day(row, by=officer)
    assert is_working_day(date(2017, 5, 19))
    assert list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True)) == [
        "set_working_day",
        "clear_working_day",
    ]


def test_a_year_not_published_yet_counts_weekdays_and_says_so():
    year = LAST_YEAR_KNOWN + 1
    assert calendar_knows(LAST_YEAR_KNOWN)
    assert not calendar_knows(year)
    monday = next(date(year, 3, day) for day in range(1, 8) if date(year, 3, day).isoweekday() == 1)
    assert is_working_day(monday)
    assert not is_working_day(monday - timedelta(days=1))
    WorkingDay.objects.create(day=monday, is_working=False)
    assert not is_working_day(monday)


def test_the_first_day_counts_only_when_the_notice_says_so():
    monday = date(2017, 5, 15)
    assert add_working_days(monday, 5) == date(2017, 5, 22)
    assert add_working_days(monday, 5, first_day_counts=True) == date(2017, 5, 19)
    saturday = date(2017, 5, 13)
    assert add_working_days(saturday, 5, first_day_counts=True) == date(2017, 5, 19)


@quietly
@given(day=days, n=st.integers(1, 60))
def test_the_nth_working_day_has_n_working_days_before_it(day, n):
    last = add_working_days(day, n)
    assert is_working_day(last)
    assert working_days_between(day, last) == n
    assert working_days_between(day, last - timedelta(days=1)) == n - 1


@quietly
@given(day=days, n=st.integers(1, 60))
def test_counting_back_undoes_counting_on_from_a_working_day(day, n):
    start = day if is_working_day(day) else add_working_days(day, 1)
    assert add_working_days(add_working_days(start, n), -n) == start
    assert add_working_days(start, 0) == start


@quietly
@given(day=days, n=st.integers(1, 30), first=st.booleans())
def test_more_days_never_end_earlier(day, n, first):
    one, more = (add_working_days(day, k, first_day_counts=first) for k in (n, n + 1))
    assert one < more
