"""The official divisions: loaded once, never over what officers changed."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from organisations.domain.divisions import load_divisions
from organisations.enums import Level
from organisations.models import Organisation, OrganisationPeriod

pytestmark = pytest.mark.django_db


def test_the_whole_province_is_loaded_in_a_handful_of_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        loaded = load_divisions()
    counts = [Organisation.objects.filter(level=level, valid_to=None).count() for level in Level]
    assert counts == [1, 16, 151, 0]
    assert (loaded.added, loaded.known, loaded.differing) == (169, 0, [])


def test_paths_and_periods_follow_the_tree():
    load_divisions()
    lixia = Organisation.objects.get(code="370102")
    jinan, province = lixia.parent, lixia.parent.parent
    assert lixia.path == f"{province.pk}/{jinan.pk}/{lixia.pk}/"
    period = lixia.periods.get()
    assert (period.name, period.parent, period.path) == (lixia.name, jinan, lixia.path)
    assert (period.valid_from, period.valid_to) == (date(2000, 1, 1), None)


def test_a_report_of_2017_still_knows_the_old_city_and_its_districts():
    load_divisions()
    then = OrganisationPeriod.objects.as_of(date(2017, 6, 15))
    names = dict(then.values_list("organisation__code", "name"))
    assert (names["371200"], names["370116"], names["370215"]) == ("莱芜市", "莱城区", "即墨市")
    below = then.filter(parent__code="371200").values_list("organisation__code", flat=True)
    assert sorted(below) == ["370116", "370117"]
    now = OrganisationPeriod.objects.as_of(date(2020, 1, 1))
    assert not now.filter(organisation__code="371200").exists()
    assert now.get(organisation__code="370116").parent.code == "370100"
    assert Organisation.objects.get(code="371200").successor.code == "370100"


def test_loading_again_changes_nothing_and_names_what_officers_renamed():
    load_divisions()
    Organisation.objects.filter(code="370102").update(name="历下新区")
    before = list(OrganisationPeriod.objects.order_by("pk").values())
    output = StringIO()
    call_command("load_divisions", stdout=output)
    assert output.getvalue().splitlines() == [
        "0 units added, 169 known before.",
        "370102: officially 历下区, here 历下新区 (left as it is).",
    ]
    assert list(OrganisationPeriod.objects.order_by("pk").values()) == before
