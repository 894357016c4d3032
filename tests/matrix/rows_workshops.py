from django.utils import timezone

from programmes.domain.rulepacks import load_programme
from programmes.models import Enrolment
from tests.matrix.row import SIGNED_IN, Row, only
from tests.programmes.factories import make_enrolment
from tests.workshops.factories import host, make_workshop, seat

OFFICE = only("county_administrator_home", "city_administrator_home", "province_administrator")
OFFICE |= only("project_officer")
READ = OFFICE | only("auditor_home")
DESKS = READ | only("county_administrator_away", "city_administrator_away", "auditor_away")
MEMBER = only("teacher_home")
HOST = only("marker_home")


def county(world):
    """The home county's workshop: the home teacher sits in it, the home marker hosts it."""
    if "workshop" not in world.things:
        programme = load_programme("2017", shift_to=timezone.localdate(), make_current=True)
        person = world.people["teacher_home"]
        make_enrolment(person, programme=programme, school=person.school)
        workshop = make_workshop(world.home_county, programme=programme)
        world.things |= {"workshop": workshop, "seat": seat(workshop, person)}
        host(workshop, world.people["marker_home"])
    return {"pk": world.things["workshop"].pk}


def joinable(world):
    """The same with the seat given up, so that the teacher can join."""
    key = county(world)
    world.things["seat"].delete()
    assert Enrolment.objects.filter(user=world.people["teacher_home"]).exists()
    return key


def nothing(build):
    def made(world):
        build(world)
        return {}

    return made


ROWS = [
    Row("workshops:home", SIGNED_IN, nothing(county)),
    Row("workshops:mine", SIGNED_IN, nothing(county)),
    Row("workshops:desk", DESKS, nothing(county)),
    Row("workshops:workshop", READ | MEMBER | HOST, county),
    Row("workshops:members", READ | MEMBER | HOST, county),
    Row("workshops:join", MEMBER, joinable),
    Row("workshops:join", MEMBER, joinable, method="post"),
    Row("workshops:leave", MEMBER, county),
    Row("workshops:leave", READ | MEMBER | HOST, county, method="post"),
]
