"""Opening, renaming, moving, merging and closing, each with its history."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.models import AuditRecord
from organisations.domain import tree
from organisations.enums import Level, SchoolKind
from organisations.errors import (
    ActingCountyElsewhere,
    ActingCountyMissing,
    ActsForSchools,
    CodeTaken,
    DayBeforeLastChange,
    DayInFuture,
    NotMergeable,
    OrganisationClosed,
    ReasonMissing,
    StillHasChildren,
    StillHasPeople,
    WrongLevel,
)
from organisations.invariants import INVARIANTS
from organisations.models import Organisation, OrganisationPeriod
from organisations.queries import ancestors, ancestors_as_of, county_of, names_as_of
from tests.factories import UserFactory, appoint, make_branch, make_organisation

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 1)


def open_school(parent, **fields):
    given = {"level": Level.SCHOOL, "kind": SchoolKind.SCHOOL, "on": DAY, "by": None}
    given |= {"name": "实验小学", "code": "3137000001"}
    return tree.open_organisation(parent=parent, **given | fields)


def change(verb, *args, on=DAY, reason="区划调整", **kwargs):
    return verb(*args, on=on, by=None, reason=reason, **kwargs)


def broken():
    found = {}
    with connection.cursor() as cursor:
        for invariant in INVARIANTS:
            cursor.execute(invariant.sql)
            if rows := cursor.fetchall():
                found[invariant.name] = rows
    return found


@pytest.fixture(autouse=True)
def _the_tree_is_whole_afterwards():
    yield
    connection.check_constraints()
    assert broken() == {}


def test_opening_writes_path_period_and_record():
    *_, county, _ = make_branch()
    school = open_school(county, name=" 实验  小学 ", code="3137 000001")
    assert (school.name, school.code) == ("实验 小学", "3137000001")
    assert school.path == f"{county.path}{school.pk}/"
    period = school.periods.get()
    assert (period.name, period.valid_from, period.valid_to) == ("实验 小学", DAY, None)
    record = AuditRecord.objects.get(object_label="organisations.organisation")
    assert (record.verb, record.object_key) == ("organisations.opened", str(school.pk))


def test_a_city_run_school_must_name_who_acts_as_its_county():
    _, city, county, _ = make_branch()
    with pytest.raises(ActingCountyMissing):
        open_school(city)
    with pytest.raises(ActingCountyElsewhere):
        open_school(city, acting_county=make_branch()[2])
    school = open_school(city, acting_county=county)
    assert county_of(school) == county
    assert county_of(open_school(city, code="3137000002", acting_county=city)) == city


def test_who_acts_as_county_can_change_and_serves_the_school():
    _, city, county, _ = make_branch()
    school = open_school(city, acting_county=county)
    other = make_organisation(Level.COUNTY, city)
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, other)
    assert not officer.serves(Role.ADMINISTRATOR, school)
    tree.name_acting_county(school, other, by=None, reason="改由新区代管")
    school.refresh_from_db()
    assert officer.serves(Role.ADMINISTRATOR, school)
    assert school in Organisation.objects.visible_to(officer)
    assert county_of(school) == other


def test_opening_refuses_a_wrong_place_code_or_day():
    _, city, county, school = make_branch()
    with pytest.raises(WrongLevel):
        open_school(school)
    with pytest.raises(WrongLevel):
        open_school(county, level=Level.COUNTY, kind="")
    with pytest.raises(CodeTaken):
        open_school(county, code=school.code)
    with pytest.raises(DayInFuture):
        open_school(county, on=timezone.localdate() + timedelta(days=1))
    assert Organisation.objects.count() == 4


def test_the_database_refuses_what_the_verbs_refuse():
    _, city, county, school = make_branch()
    wrong = [
        {"level": Level.COUNTY, "parent": county},
        {"level": Level.SCHOOL, "parent": city, "kind": "school"},
        {"level": Level.SCHOOL, "parent": county, "kind": "school", "acting_county": county},
        {"level": Level.COUNTY, "parent": city, "acting_county": county},
    ]
    for number, fields in enumerate(wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(code=f"W{number}", name="错误", path=f"W{number}", **fields)
    Organisation.objects.filter(pk=school.pk).update(path="elsewhere/")
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Organisation.objects.filter(pk=school.pk).update(path=school.path)


def test_periods_of_one_unit_never_overlap():
    school = make_branch()[3]
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationPeriod.objects.create(
            organisation=school, name="又一个", parent=school.parent, path=school.path,
            valid_from=date(2010, 1, 1), valid_to=date(2010, 12, 31),
        )  # fmt: skip


def test_a_renamed_unit_keeps_its_former_name_for_former_years():
    school = make_branch()[3]
    former = school.name
    change(tree.rename_organisation, school, "第二实验小学")
    school.refresh_from_db()
    assert school.name == "第二实验小学"
    assert names_as_of([school.pk], DAY) == {school.pk: "第二实验小学"}
    assert names_as_of([school.pk], DAY - timedelta(days=1)) == {school.pk: former}
    record = AuditRecord.objects.get(verb="organisations.renamed")
    assert (record.from_state, record.to_state, record.why) == (former, "第二实验小学", "区划调整")


def test_a_second_change_on_the_same_day_replaces_the_first():
    school = make_branch()[3]
    change(tree.rename_organisation, school, "写错的名字")
    change(tree.rename_organisation, school, "第二实验小学")
    assert list(school.periods.order_by("valid_from").values_list("name", flat=True)) == [
        school.name,
        "第二实验小学",
    ]


def test_history_is_not_rewritten_behind_a_later_change():
    school = make_branch()[3]
    change(tree.rename_organisation, school, "第二实验小学")
    with pytest.raises(DayBeforeLastChange):
        change(tree.rename_organisation, school, "第三实验小学", on=DAY - timedelta(days=1))
    with pytest.raises(DayInFuture):
        change(tree.rename_organisation, school, "第三", on=timezone.localdate() + timedelta(1))
    with pytest.raises(ReasonMissing):
        change(tree.rename_organisation, school, "第三实验小学", reason=" ")


@pytest.mark.parametrize("schools", [1, 30])
def test_a_move_takes_the_whole_subtree_along_at_one_cost(schools, django_assert_num_queries):
    _, old_city, county, school = make_branch()
    for _ in range(schools - 1):
        make_organisation(Level.SCHOOL, county)
    new_city = make_organisation(Level.CITY, old_city.parent)
    with django_assert_num_queries(13):
        change(tree.move_organisation, county, new_city)
    school.refresh_from_db()
    assert school.path == f"{new_city.path}{county.pk}/{school.pk}/"
    assert Organisation.objects.subtree(new_city).count() == schools + 2
    assert Organisation.objects.subtree(old_city).count() == 1
    assert [one.name for one in ancestors(school)][1] == new_city.name
    then = ancestors_as_of(school, DAY - timedelta(days=1))
    assert [period.organisation_id for period in then][1:3] == [old_city.pk, county.pk]
    below_then = OrganisationPeriod.objects.as_of(DAY - timedelta(days=1))
    assert below_then.filter(path__startswith=old_city.path).count() == schools + 2


def test_a_county_that_acts_for_schools_does_not_leave_them():
    _, city, county, _ = make_branch()
    open_school(city, acting_county=county)
    new_city = make_organisation(Level.CITY, city.parent)
    with pytest.raises(ActsForSchools):
        change(tree.move_organisation, county, new_city)


def test_a_school_becomes_city_run_and_back():
    _, city, county, school = make_branch()
    with pytest.raises(ActingCountyMissing):
        change(tree.move_organisation, school, city)
    change(tree.move_organisation, school, city, acting_county=county)
    school.refresh_from_db()
    assert (school.parent, school.acting_county) == (city, county)
    change(tree.move_organisation, school, county)
    school.refresh_from_db()
    assert (school.parent, school.acting_county) == (county, None)


def test_a_merged_city_hands_over_counties_schools_people_and_appointments():
    province, old, county, school = make_branch()
    new = make_organisation(Level.CITY, province)
    city_run = open_school(old, acting_county=county, on=date(2010, 1, 1))
    held = open_school(old, code="3137000009", acting_county=old, on=date(2010, 1, 1))
    clerk = UserFactory(school=old)
    officer = UserFactory(session_epoch=3)
    former = appoint(officer, Role.ADMINISTRATOR, old)
    change(tree.merge_organisations, old, new)
    for unit in (old, county, school, city_run, held, clerk, officer, former):
        unit.refresh_from_db()
    assert (old.valid_to, old.successor) == (DAY - timedelta(days=1), new)
    assert county.path == f"{new.path}{county.pk}/"
    assert school.path == f"{county.path}{school.pk}/"
    assert (city_run.parent, city_run.acting_county) == (new, county)
    assert (held.parent, held.acting_county) == (new, new)
    assert clerk.school == new
    assert former.ended_at is not None
    assert former.ends_on == DAY - timedelta(days=1)
    assert officer.session_epoch == 4
    continued = officer.appointments.get(ended_at=None)
    assert (continued.organisation, continued.starts_on) == (new, DAY)
    then = {p.organisation_id for p in ancestors_as_of(school, DAY - timedelta(days=1))}
    assert then == {province.pk, old.pk, county.pk, school.pk}


def test_merged_schools_move_their_people_in_one_statement(django_assert_num_queries):
    *_, county, one = make_branch()
    other = make_organisation(Level.SCHOOL, county)
    UserFactory.create_batch(3, school=one)
    with django_assert_num_queries(19):
        change(tree.merge_organisations, one, other)
    assert User.objects.filter(school=other).count() == 3
    assert AuditRecord.objects.filter(verb="accounts.moved").count() == 3


def test_only_equals_merge():
    province, city, county, school = make_branch()
    for source, into in ((school, county), (school, school), (province, province)):
        with pytest.raises(NotMergeable):
            change(tree.merge_organisations, source, into)


def test_a_unit_closes_when_everybody_has_left():
    *_, county, school = make_branch()
    with pytest.raises(StillHasChildren):
        change(tree.close_organisation, county)
    teacher = UserFactory(school=school)
    with pytest.raises(StillHasPeople):
        change(tree.close_organisation, school)
    teacher.school = county
    teacher.save()
    principal = appoint(UserFactory(), Role.PRINCIPAL, school)
    change(tree.close_organisation, school)
    school.refresh_from_db()
    principal.refresh_from_db()
    assert school.valid_to == DAY - timedelta(days=1)
    assert principal.ended_at is not None
    assert not school.periods.open().exists()
    with pytest.raises(OrganisationClosed):
        change(tree.rename_organisation, school, "不存在的学校")


def test_a_subtree_is_read_from_the_index():
    province, city, county, _ = make_branch()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Organisation.objects.subtree(city).explain()
    assert "organisation_path" in plan
    assert "Index Cond: (((path)::text ~>=~" in plan
    assert "Seq Scan" not in plan
