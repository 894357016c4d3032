from tests.matrix.row import Row, only
from tests.matrix.rows_workshops import DESKS, READ, county, nothing
from workshops.domain.weeks import count_weeks

OWN_SCHOOL = only("principal_home", "principal_away")


def counted(world):
    county(world)
    count_weeks(world.things["workshop"].programme)


def of_the(place):
    def made(world):
        counted(world)
        return {"pk": getattr(world, place).pk}

    return made


WIDE = only("province_administrator", "project_officer")
CITY = WIDE | only("city_administrator_home")
ROWS = [
    Row("workshops:activity", DESKS | OWN_SCHOOL, nothing(counted)),
    Row("workshops:unit_activity", WIDE, of_the("province")),
    Row("workshops:unit_activity", CITY, of_the("home_city"), query="?of=city"),
    Row("workshops:unit_activity", READ, of_the("home_county"), query="?field=subject:primary"),
    Row(
        "workshops:unit_activity",
        READ | only("principal_home"),
        of_the("home_school"),
        query="?of=school",
    ),
]
