import pytest

from bureau.errors import ScopeLost
from organisations.enums import Level
from organisations.models import Organisation
from tests.bureau.importing import bring_in, codes, counts, dry_run, take_over
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
FIRST_LINE = 3


def school_row(serial, county_code="370102", **changed):
    return {
        "name": f"第{serial}实验小学",
        "code": f"31370100{serial:02d}",
        "kind": "school",
        "county_code": county_code,
    } | changed


def load(county, rows):
    return bring_in(rows, by=county.officer, organisation=county.county, kind="schools")


def check(county, rows):
    return dry_run(rows, by=county.officer, organisation=county.county, kind="schools")


def test_schools_are_opened_with_place_and_history(county):
    rows = [school_row(1), school_row(2, kind="kindergarten", licence_number="教民137")]
    batch = load(county, rows)
    assert counts(batch) == (2, 0, 0, 0)
    school = Organisation.objects.get(code="3137010001")
    assert (school.level, school.parent) == (Level.SCHOOL, county.county)
    assert school.path == f"{county.county.path}{school.pk}/"
    period = school.periods.get()
    assert (period.name, period.path, period.valid_to) == (school.name, school.path, None)


def test_the_same_list_again_changes_nothing(county):
    load(county, [school_row(1), school_row(2)])
    before = list(Organisation.objects.order_by("pk").values())
    assert counts(check(county, [school_row(1), school_row(2)])) == (0, 0, 2, 0)
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_a_new_name_keeps_the_old_one_with_its_days(county):
    old = Organisation.objects.get(pk=county.first.pk)
    batch = load(county, [school_row(1, code=old.code, name="历下实验小学")])
    assert counts(batch) == (0, 1, 0, 0)
    periods = list(old.periods.order_by("valid_from").values_list("name", flat=True))
    assert periods == [old.name, "历下实验小学"]
    assert old.periods.filter(valid_to=None).count() == 1
    again = load(county, [school_row(1, code=old.code, name="历下第一实验小学")])
    assert counts(again) == (0, 1, 0, 0)
    assert old.periods.filter(valid_to=None).get().name == "历下第一实验小学"


def test_a_city_run_school_names_the_unit_acting_as_its_county(county):
    city_officer = county.officer
    city_officer.appointments.update(organisation=county.county.parent)
    row = school_row(1, county_code="370100", acting_county_code="370103")
    batch = dry_run([row], by=city_officer, organisation=county.county.parent, kind="schools")
    take_over(batch)
    school = Organisation.objects.get(code="3137010001")
    assert (school.parent.code, school.acting_county.code) == ("370100", "370103")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "12345"}, "code_wrong"),
        ({"code": 3137010001, "name": ""}, "name_wrong"),
        ({"kind": "university"}, "kind_unknown"),
        ({"kind": "kindergarten"}, "licence_missing"),
        ({"county_code": "999999"}, "county_unknown"),
        ({"county_code": "370103"}, "county_outside"),
        ({"code": "3137000003"}, "school_elsewhere"),
        ({"acting_county_code": "000001"}, "acting_unknown"),
    ],
)
def test_what_does_not_fit_the_tree_is_refused(county, change, code):
    assert codes(check(county, [school_row(1) | change])) == {FIRST_LINE: [code]}


def test_of_two_rows_with_one_code_the_first_stays(county):
    batch = check(county, [school_row(1), school_row(1, name="另一个学校")])
    assert codes(batch) == {FIRST_LINE + 1: ["duplicate_row"]}


def test_a_code_of_a_county_is_no_school(county):
    make_organisation(Level.COUNTY, county.county.parent, code="3137010077")
    assert codes(check(county, [school_row(77)])) == {FIRST_LINE: ["code_taken"]}


def test_a_principal_brings_in_no_schools(county):
    with pytest.raises(ScopeLost):
        dry_run([school_row(1)], by=county.principal, organisation=county.first, kind="schools")
