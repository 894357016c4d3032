from datetime import UTC, date, datetime

import pytest
from django.db import connection

from organisations.enums import Level
from programmes.domain.phases import (
    BEIJING,
    ExtensionNotLater,
    ExtensionWithoutEnd,
    PhaseClosed,
    extend_phase,
    is_open,
    last_day_sql,
    phase_window,
    phase_windows,
    require_open,
)
from programmes.domain.rulepacks import load_programme
from tests.factories import UserFactory, make_branch, make_organisation

pytestmark = pytest.mark.django_db


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.fixture
def programme():
    return load_programme("2017")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2017-02-28T23:59:59", False),
        ("2017-03-01T00:00:00", True),
        ("2017-03-31T23:59:59", True),
        ("2017-04-01T00:00:00", False),
    ],
)
def test_a_window_ends_at_midnight_in_beijing(programme, moment, expected):
    assert is_open(programme, "enrolment", at=at(moment)) is expected


def test_a_window_in_utc_is_the_same_moment(programme):
    window = phase_window(programme, "required_study")
    assert window.closes_at == datetime(2017, 9, 30, 16, tzinfo=UTC)
    assert window.last_day == date(2017, 9, 30)


def test_an_absent_side_is_open(programme):
    assert is_open(programme, "elective_study", at=at("2030-01-01T00:00:00"))
    assert is_open(programme, "credit_registration", at=at("2017-01-01T00:00:00"))
    assert not is_open(programme, "credit_registration", at=at("2018-01-01T00:00:00"))


def test_a_phase_without_days_is_closed_and_says_so():
    programme = load_programme("2022")
    assert phase_window(programme, "enrolment").is_set is False
    with pytest.raises(PhaseClosed):
        require_open(programme, "enrolment", at=at("2022-03-05T12:00:00"))


def test_the_latest_extension_above_counts_and_holds_only_below(programme):
    province, city, county, school = make_branch()
    officer = UserFactory()
    phase = programme.phases.get(key="enrolment")
    extend_phase(phase, county, date(2017, 4, 10), by=officer, reason="flood")
    extend_phase(phase, city, date(2017, 4, 5), by=officer, reason="snow")
    assert phase_window(programme, "enrolment", school).last_day == date(2017, 4, 10)
    assert phase_window(programme, "enrolment", county).last_day == date(2017, 4, 10)
    assert phase_window(programme, "enrolment", city).last_day == date(2017, 4, 5)
    assert phase_window(programme, "enrolment", province).last_day == date(2017, 3, 31)


def test_an_extension_of_the_acting_county_holds_for_its_city_run_schools(programme):
    _province, city, county, _school = make_branch()
    under_it = make_organisation(Level.SCHOOL, city, acting_county=county)
    under_city = make_organisation(Level.SCHOOL, city, acting_county=city)
    phase = programme.phases.get(key="enrolment")
    extend_phase(phase, county, date(2017, 4, 10), by=UserFactory(), reason="flood")
    for school, last_day in ((under_it, date(2017, 4, 10)), (under_city, date(2017, 3, 31))):
        assert phase_window(programme, "enrolment", school).last_day == last_day
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {last_day_sql('phase', 'school')}"  # noqa: S608 - names of this product
                "  FROM programmes_phase phase, organisations_organisation school"
                " WHERE phase.id = %s AND school.id = %s",
                [phase.pk, school.pk],
            )
            assert cursor.fetchone() == (last_day,)


def test_an_extension_must_give_more_time(programme):
    _province, _city, county, school = make_branch()
    phase = programme.phases.get(key="enrolment")
    extend_phase(phase, county, date(2017, 4, 10), by=UserFactory(), reason="flood")
    with pytest.raises(ExtensionNotLater):
        extend_phase(phase, school, date(2017, 4, 10), by=UserFactory(), reason="also")
    endless = programme.phases.get(key="elective_study")
    with pytest.raises(ExtensionWithoutEnd):
        extend_phase(endless, school, date(2018, 4, 10), by=UserFactory(), reason="also")


def test_all_windows_cost_one_query(programme, django_assert_num_queries):
    school = make_branch()[3]
    with django_assert_num_queries(1):
        windows = phase_windows(programme, school)
    assert list(windows)[:2] == ["annual_plan", "enrolment"]
    assert len(windows) == 11
