"""A small province for tests that need every role in its own and in a foreign subtree."""

from dataclasses import dataclass, field

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from tests.factories import UserFactory, appoint, make_organisation


@dataclass
class World:
    """Two cities, each with one county and one school, and people of every role.

    Persons are named ``<role>_<place>``; "home" is the subtree in which the matrix's objects
    live, "away" the foreign one. ``things`` holds rows that matrix rows build once.
    """

    province: Organisation
    home_city: Organisation
    home_county: Organisation
    home_school: Organisation
    away_city: Organisation
    away_county: Organisation
    away_school: Organisation
    people: dict[str, User] = field(default_factory=dict)
    things: dict = field(default_factory=dict)


PLACES = {
    "teacher": ("home_school", "away_school"),
    "principal": ("home_school", "away_school"),
    "marker": ("home_county", "away_county"),
    "county_administrator": ("home_county", "away_county"),
    "city_administrator": ("home_city", "away_city"),
    "auditor": ("home_county", "away_county"),
}
PROVINCE_PEOPLE = {
    "project_officer": Role.PROJECT_OFFICER,
    "province_administrator": Role.ADMINISTRATOR,
    "editor": Role.EDITOR,
}
ROLE_OF = {
    "principal": Role.PRINCIPAL,
    "marker": Role.MARKER,
    "county_administrator": Role.ADMINISTRATOR,
    "city_administrator": Role.ADMINISTRATOR,
    "auditor": Role.AUDITOR,
}
PERSONS = [
    "anonymous",
    *(f"{who}_{side}" for who in PLACES for side in ("home", "away")),
    *PROVINCE_PEOPLE,
]


def make_world() -> World:
    province = make_organisation(Level.PROVINCE)
    sides = {}
    for side in ("home", "away"):
        city = make_organisation(Level.CITY, province)
        county = make_organisation(Level.COUNTY, city)
        sides |= {
            f"{side}_city": city,
            f"{side}_county": county,
            f"{side}_school": make_organisation(Level.SCHOOL, county),
        }
    world = World(province=province, **sides)
    for who, places in PLACES.items():
        for side, place in zip(("home", "away"), places, strict=True):
            organisation = getattr(world, place)
            school = organisation if organisation.level == Level.SCHOOL else None
            user = UserFactory(username=f"{who}_{side}", school=school)
            if who in ROLE_OF:
                appoint(user, ROLE_OF[who], organisation)
            world.people[f"{who}_{side}"] = user
    for who, role in PROVINCE_PEOPLE.items():
        world.people[who] = UserFactory(username=who)
        appoint(world.people[who], role, province)
    return world
