from datetime import date

from django.utils import timezone

from programmes.domain.rulepacks import load_programme
from programmes.models import Enrolment
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only
from tests.programmes.factories import make_enrolment
from tests.workshops.factories import host, make_sub, make_workshop, seat
from workshops.models import Invitation, Placement, Workshop

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


def sub(world):
    """The same with a sub-workshop, so that the teacher can be moved."""
    county(world)
    make_sub(world.things["workshop"])
    return {"pk": world.things["seat"].pk}


def hosting(world):
    county(world)
    return {"pk": world.things["workshop"].hosts.get().pk}


def card(world):
    joinable(world)
    made = Invitation.objects.create(
        workshop=world.things["workshop"],
        created_by=world.people["marker_home"],
        expires_on=date(2999, 1, 1),
    )
    world.things["card"] = made
    return {"code": made.code}


def card_key(world):
    card(world)
    return {"pk": world.things["card"].pk}


def placement(world):
    county(world)
    made = Placement.objects.create(
        programme=world.things["workshop"].programme,
        organisation=world.home_county,
        minimum=30,
        cap=300,
        seed="a",
        state="ready",
        asked_by=world.people["county_administrator_home"],
    )
    return {"pk": made.pk}


def term(world):
    return {
        "person": world.people["principal_home"].pk,
        "qualification": "expert",
        "starts_on": "2017-03-01",
    }


def moved(world):
    room = Workshop.objects.get(parent=world.things["workshop"])
    return {"room": room.pk}


OFFICES = OFFICE | only("county_administrator_away", "city_administrator_away")
RUN = OFFICE | HOST
OFFICE_ROWS = [
    Row("workshops:build", OFFICES, nothing(county)),
    Row(
        "workshops:build",
        OFFICES,
        nothing(county),
        method="post",
        data=lambda world: {"levels": ["3"], "topics": ["psychology"]},
    ),
    Row("workshops:placements", OFFICES, nothing(placement)),
    Row(
        "workshops:placements",
        OFFICES,
        nothing(county),
        method="post",
        data=lambda world: {"field": "", "minimum": "20", "seed": "a"},
    ),
    Row("workshops:placement", OFFICE, placement),
    Row("workshops:placement_run", OFFICE, placement, method="post"),
    Row("workshops:hosts", OFFICE, county, query="?who=教师"),
    Row(
        "workshops:hosts",
        OFFICE,
        county,
        method="post",
        data=term,
        query="?who=教师",
    ),
    Row("workshops:host_end", OFFICE, hosting),
    Row(
        "workshops:host_end", OFFICE, hosting, method="post", data=lambda world: {"why": "另有任务"}
    ),
]
RUN_ROWS = [
    Row("workshops:seats", RUN, county),
    Row("workshops:seats", RUN, county, method="post", data=lambda world: {"cap": "200"}),
    Row("workshops:room_open", RUN, county, method="post"),
    Row("workshops:invitation_new", RUN, county, method="post"),
    Row("workshops:invitation_withdraw", RUN, card_key, method="post"),
    Row("workshops:balance", RUN, county),
    Row("workshops:balance", RUN, county, method="post", data=lambda world: {"digest": "0"}),
    Row("workshops:move", RUN, sub),
    Row("workshops:move", RUN, sub, method="post", data=moved),
]
ROWS = [
    *OFFICE_ROWS,
    *RUN_ROWS,
    Row("workshops:list", EVERYONE, nothing(county)),
    Row("workshops:invitation", SIGNED_IN, card),
    Row("workshops:invitation", SIGNED_IN, card, method="post"),
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
