"""Who opens and changes the tree. The right to change a unit lies with the level above it."""

from organisations.enums import Level
from tests.factories import make_organisation
from tests.matrix.row import Row, only

ABOVE_COUNTY = ("city_administrator_home", "province_administrator", "project_officer")
CHANGE_SCHOOL = only("county_administrator_home", *ABOVE_COUNTY)
CHANGE_COUNTY = only(*ABOVE_COUNTY)
SEE_SCHOOL = only("principal_home", "auditor_home", "county_administrator_home", *ABOVE_COUNTY)
EVERY_READER = only(
    *SEE_SCHOOL,
    "principal_away",
    "auditor_away",
    "county_administrator_away",
    "city_administrator_away",
)
DAY = {"on": "2017-06-15", "reason": "区划调整"}


def school(world):
    return {"pk": world.home_school.pk}


def county(world):
    return {"pk": world.home_county.pk}


def city_run(world):
    if "city_run" not in world.things:
        world.things["city_run"] = make_organisation(
            Level.SCHOOL, world.home_city, acting_county=world.home_county
        )
    return {"pk": world.things["city_run"].pk}


ROWS = [
    Row("organisations:index", EVERY_READER),
    Row("organisations:index", EVERY_READER, query="?q=T"),
    Row("organisations:unit", SEE_SCHOOL, build=school),
    Row("organisations:open", only("county_administrator_home", *ABOVE_COUNTY), build=county),
    Row("organisations:rename", CHANGE_SCHOOL, build=school),
    Row(
        "organisations:rename",
        CHANGE_SCHOOL,
        build=school,
        method="post",
        data=lambda world: {"name": "第二实验小学", **DAY},
    ),
    Row("organisations:rename", CHANGE_COUNTY, build=county),
    Row("organisations:move", CHANGE_SCHOOL, build=school),
    Row("organisations:merge", CHANGE_SCHOOL, build=school),
    Row("organisations:close", CHANGE_SCHOOL, build=school),
    Row("organisations:acting_county", only(*ABOVE_COUNTY), build=city_run),
]
