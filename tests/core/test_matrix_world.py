import pytest

from accounts.enums import Role
from tests.world import PERSONS, make_world


@pytest.mark.django_db
def test_an_appointment_holds_below_its_organisation_and_nowhere_else():
    world = make_world()
    officer = world.people["county_administrator_home"]
    assert officer.serves(Role.ADMINISTRATOR, world.home_school)
    assert not officer.serves(Role.ADMINISTRATOR, world.away_school)
    assert not officer.serves(Role.ADMINISTRATOR, world.home_city)
    assert set(world.people) == set(PERSONS) - {"anonymous"}
