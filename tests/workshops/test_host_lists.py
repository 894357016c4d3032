"""Lists of a unit's hosts: drawn, frozen, filed level by level, changed by new versions (R35)."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from core.invariants import check_invariants
from notifications.models import Notification
from programmes.queries import current_programme
from tests.factories import UserFactory, make_branch
from tests.programmes.factories import open_programme
from tests.workshops.factories import host, make_workshop
from tests.workshops.hosting import officer_of, team
from workshops.domain.host_lists.filing import review_list, send_list, take_back
from workshops.domain.host_lists.reminding import remind_units, set_last_day
from workshops.domain.hosts import end_term
from workshops.enums.hosting import ListState
from workshops.errors.guidance import NoLastDay
from workshops.errors.hosting import ListMoved, ListOnItsWay, NothingNewToList, NothingToList
from workshops.errors.moderation import ReasonMissing
from workshops.models import ListEntry, ListVersion
from workshops.permissions.hosting import can_keep_list, can_review_list
from workshops.queries.host_lists import (
    current_rows,
    difference,
    entries_of,
    filed_before,
    list_sums,
    units_with_lists,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-06-15 09:00 +08:00")


@pytest.fixture
def branch():
    open_programme()
    return make_branch()


def send(unit, by=None):
    return send_list(unit, current_programme(), by=by or UserFactory())


def file_county(unit):
    version = send(unit)
    review_list(version, ListState.FORWARDED, by=UserFactory())
    return review_list(version, ListState.FILED, by=UserFactory())


def told(kind):
    rows = Notification.objects.filter(kind=f"workshops.{kind}").order_by("pk")
    return list(rows.values_list("user", flat=True))


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_a_county_s_list_goes_by_its_city_to_the_province(branch):
    province, city, county, _school = branch
    offices = {unit: officer_of(unit) for unit in (province, city, county)}
    team(county, 2)
    version = send(county, by=offices[county])
    assert told("list_to_review") == [offices[city].pk]
    assert [can_review_list(offices[one], version) for one in branch[:3]] == [False, True, False]
    with pytest.raises(ListMoved):  # no level is skipped
        review_list(version, ListState.FILED, by=offices[city])
    version = review_list(version, ListState.FORWARDED, by=offices[city])
    assert told("list_to_review") == [offices[city].pk, offices[province].pk]
    assert [can_review_list(offices[one], version) for one in branch[:3]] == [True, False, False]
    version = review_list(version, ListState.FILED, by=offices[province])
    assert told("list_filed") == [offices[county].pk]
    signed = version.signatures.order_by("pk").values_list("state", "unit")
    assert list(signed) == [
        ("sent", county.name),
        ("forwarded", city.name),
        ("filed", province.name),
    ]
    assert broken() == []


def test_a_city_s_list_goes_to_the_province_at_once(branch):
    province, city, _county, _school = branch
    team(city)
    version = send(city)
    assert can_review_list(officer_of(province), version)
    with pytest.raises(ListMoved):
        review_list(version, ListState.FORWARDED, by=UserFactory())
    assert review_list(version, ListState.FILED, by=UserFactory()).state == "filed"
    assert broken() == []


def test_only_the_unit_s_own_officers_send(branch):
    province, city, county, school = branch
    assert can_keep_list(officer_of(county), county)
    assert not any(can_keep_list(officer_of(one), county) for one in (province, city))
    assert not can_keep_list(officer_of(school), school)


def test_a_list_holds_the_subject_hosts_of_today_as_they_stand(branch):
    county, school = branch[2], branch[3]
    with pytest.raises(NothingToList):
        send(county)
    (term,) = team(county, ends_on=date(2017, 12, 31))
    host(term.workshop, starts_on=date(2017, 7, 1))  # later
    host(make_workshop(county, kind="topic", topic="psychology"))  # of a topic
    host(make_workshop(branch[1]))  # of the city
    (row,) = entries_of(send(county))
    assert (row.name, row.unit) == (term.user.real_name, school.name)
    assert (row.field, row.qualification) == ("subject:primary:chinese", "researcher")
    assert (row.starts_on, row.ends_on) == (date(2017, 1, 1), date(2017, 12, 31))


def test_a_sent_list_stays_what_it_was(branch):
    (term,) = team(branch[2])
    version = file_county(branch[2])
    before = entries_of(version)
    type(term.user).objects.filter(pk=term.user_id).update(real_name="改名")
    end_term(term, why="调离", by=UserFactory())
    assert entries_of(version) == before
    extra = ListEntry(
        version=version,
        position=2,
        term=term,
        person=term.user,
        name="x",
        qualification="other",
        starts_on=term.starts_on,
    )
    for act in (
        lambda: ListEntry.objects.update(name="x"),
        lambda: ListEntry.objects.all().delete(),
        lambda: ListVersion.objects.update(digest="0"),
        lambda: ListVersion.objects.all().delete(),
        extra.save,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_verify_finds_a_list_whose_rows_were_changed_behind_the_triggers(branch):
    team(branch[2], 2)
    file_county(branch[2])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workshops_listentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE workshops_listentry SET name = '别人' WHERE position = 2")
        cursor.execute("ALTER TABLE workshops_listentry ENABLE TRIGGER USER")
    assert broken() == ["workshops.filed_lists_frozen"]


def test_changes_are_a_new_version_with_what_was_added_ended_and_changed(branch):
    county = branch[2]
    stays, goes, changes = team(county, 3)
    first = file_county(county)
    with pytest.raises(NothingNewToList, match="1"):
        send(county)
    end_term(goes, why="退休", by=UserFactory())
    type(changes).objects.filter(pk=changes.pk).update(ends_on=date(2017, 9, 1))
    (joins,) = team(county)
    second = send(county)
    assert (second.number, filed_before(second)) == (2, first)
    compared = difference(entries_of(second), entries_of(first))
    assert [row.person for row in compared.added] == [joins.user_id]
    assert [row.person for row in compared.ended] == [goes.user_id]
    assert [(old.ends_on, new.ends_on) for old, new in compared.changed] == [
        (None, date(2017, 9, 1))
    ]
    assert stays.user_id not in {row.person for row in compared.added + compared.ended}
    assert not difference(current_rows(current_programme(), county), entries_of(second))


def test_a_returned_list_comes_back_with_the_reason(branch):
    county, keeps = branch[2], officer_of(branch[2])
    team(county)
    version = send(county)
    with pytest.raises(ReasonMissing):
        review_list(version, ListState.RETURNED, words=" ", by=UserFactory())
    review_list(version, ListState.RETURNED, words="语文只有一人", by=UserFactory())
    assert told("list_returned") == [keeps.pk]
    team(county)
    assert send(county).number == 2
    assert broken() == []


def test_one_version_at_a_time_is_on_its_way(branch):
    county = branch[2]
    team(county)
    version = send(county)
    assert send(county) == version  # the same list, sent twice
    team(county)
    with pytest.raises(ListOnItsWay):
        send(county)
    take_back(version, by=UserFactory())
    assert send(county).number == 2
    review_list(ListVersion.objects.get(number=2), ListState.FORWARDED, by=UserFactory())
    with pytest.raises(ListMoved):  # the city has passed it on
        take_back(ListVersion.objects.get(number=2), by=UserFactory())


def test_those_who_have_not_sent_are_reminded_once_a_day(branch, time_machine):
    province, city, county, _school = branch
    missing, done, chief = officer_of(city), officer_of(county), officer_of(province)
    programme = current_programme()
    with pytest.raises(NoLastDay):
        remind_units(programme, province, by=chief)
    set_last_day(programme, date(2017, 6, 30), by=chief)
    team(county)
    send(county)
    assert remind_units(programme, province, by=chief) == 1
    assert remind_units(programme, province, by=chief) == 0
    assert told("list_due") == [missing.pk]
    time_machine.move_to("2017-06-16 09:00 +08:00")
    assert remind_units(programme, province, by=chief) == 1
    assert done.pk not in told("list_due")


def test_the_level_above_counts_who_stands_where(branch):
    province, city, county, _school = branch
    team(county, 2)
    file_county(county)
    units = units_with_lists(current_programme(), province)
    sums = {"units": 2, "missing": 1, "waiting": 0, "with_filed": 1}
    assert list_sums(units) == sums
    shown = units.order_by("path").values_list("pk", "stands", "number", "hosts")
    assert list(shown) == [(city.pk, None, None, 0), (county.pk, "filed", 1, 2)]


def test_versions_are_seen_by_the_unit_and_those_above(branch):
    province, city, county, school = branch
    team(county)
    version = send(county)
    for unit in (province, city, county):
        assert list(ListVersion.objects.visible_to(officer_of(unit))) == [version]
    for user in (officer_of(school), officer_of(make_branch()[2]), UserFactory(school=school)):
        assert not ListVersion.objects.visible_to(user).exists()
