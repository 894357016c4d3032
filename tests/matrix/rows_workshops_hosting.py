from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_workshops import DESKS, READ, county
from tests.workshops.factories import make_workshop
from tests.workshops.hosting import make_call, make_volunteer
from workshops.domain.host_lists.filing import send_list
from workshops.domain.host_lists.reminding import set_last_day
from workshops.domain.hosting.applications import recommend, volunteer

PROVINCE = only("province_administrator", "project_officer")
SCHOOLS = only("teacher_home", "teacher_away", "principal_home", "principal_away")
VOLUNTEER = only("teacher_home")
SAYS = only("principal_home", "county_administrator_home")
SAY_ANYWHERE = SAYS | only("principal_away", "county_administrator_away")
COUNTY, CITY = only("county_administrator_home"), only("city_administrator_home")
OVERSEE = CITY | PROVINCE | only("city_administrator_away")
LISTS = DESKS
STATEMENT = {"qualification": "expert", "statement": "我带过心理社团，愿意和大家一起学。"}


def call(world):
    """A call of the province that is open today."""
    county(world)
    world.things["call"] = make_call(world.province, by=world.people["project_officer"], places=3)
    world.things["topic"] = world.things["call"].topics.get()
    return {"pk": world.things["call"].pk}


def topic(world):
    call(world)
    return {"pk": world.things["topic"].pk}


def application(world):
    """The home teacher volunteers, with a file."""
    call(world)
    teacher = world.people["teacher_home"]
    paper = SimpleUploadedFile("获奖证书.pdf", b"%PDF-1.7 paper")
    made = volunteer(world.things["topic"], by=teacher, file=paper, **STATEMENT)
    world.things["application"] = made
    return {"pk": made.pk}


def recommended(world):
    key = application(world)
    made = world.things["application"]
    recommend(
        made, words="教学扎实，同意推荐。", edits=made.edits, by=world.people["principal_home"]
    )
    return key


def selectable(world):
    """The same with a workshop of the topic; the call is what is asked for."""
    recommended(world)
    programme = world.things["call"].programme
    room = make_workshop(world.province, programme=programme, kind="topic", topic="psychology")
    world.things["room"] = room
    return {"pk": world.things["call"].pk}


def chosen(world):
    """What the form of the selection posts."""
    key = world.things["topic"].pk
    return {
        "one": [world.things["application"].pk],
        f"workshop_{key}": world.things["room"].pk,
        "starts_on": "2017-06-15",
    }


def ticked(world):
    """With somebody of the other school beside."""
    key = selectable(world)
    school = world.away_school
    make_volunteer(world.things["topic"], school, state="recommended")
    return key


def unit(world):
    county(world)
    return {"pk": world.home_county.pk}


def version(world):
    """The home county's list, on its way to the city."""
    county(world)
    programme = world.things["workshop"].programme
    by = world.people["county_administrator_home"]
    world.things["version"] = send_list(world.home_county, programme, by=by)
    return {"pk": world.things["version"].pk}


def due(world):
    version(world)
    programme = world.things["workshop"].programme
    set_last_day(programme, date(2999, 1, 1), by=world.people["project_officer"])
    return {}


def nothing(build):
    return lambda world: {} if build(world) else {}


def new_call(_world):
    days = {"opens_on": "2017-06-01", "closes_on": "2017-06-20", "recommends_until": "2017-06-25"}
    return days | {"title": "选聘", "text": "选聘主持人", "places_psychology": "2"}


APPLICATION_READERS = READ | VOLUNTEER | only("principal_home")
ROWS = [
    Row("workshops:hosting", SIGNED_IN, nothing(application)),
    Row("workshops:host_call", SIGNED_IN, call),
    Row("workshops:host_calls", PROVINCE, nothing(application)),
    Row("workshops:call_new", PROVINCE, nothing(call)),
    Row("workshops:call_new", PROVINCE, nothing(call), method="post", data=new_call),
    Row("workshops:call_edit", PROVINCE, call),
    Row("workshops:call_edit", PROVINCE, call, method="post", data=new_call),
    Row("workshops:call_applications", PROVINCE, ticked),
    Row("workshops:call_applications", PROVINCE, ticked, query="?state=all&topic=1&city=1&q=教"),
    Row("workshops:call_select", PROVINCE, selectable),
    Row("workshops:call_select", PROVINCE, selectable, method="post", data=chosen),
    Row("workshops:volunteer", SCHOOLS, topic),
    Row("workshops:volunteer", SCHOOLS, topic, method="post", data=lambda _: STATEMENT),
    Row("workshops:to_recommend", SAY_ANYWHERE, nothing(application)),
    Row("workshops:host_application", APPLICATION_READERS, recommended),
    Row("workshops:application_file", APPLICATION_READERS, application),
    Row("workshops:application_withdraw", VOLUNTEER, application),
    Row("workshops:application_withdraw", VOLUNTEER, application, method="post"),
    Row("workshops:recommendation", SAYS, application),
    Row(
        "workshops:recommendation",
        SAYS,
        application,
        method="post",
        data=lambda _: {"decision": "yes", "words": "同意", "edits": "1"},
    ),
    Row("workshops:application_decline", PROVINCE, recommended),
    Row(
        "workshops:application_decline",
        PROVINCE,
        recommended,
        method="post",
        data=lambda _: {"why": "名额有限"},
    ),
    Row("workshops:host_lists", LISTS, nothing(version)),
    Row("workshops:list_day", PROVINCE, nothing(version), method="post"),
    Row("workshops:lists_remind", OVERSEE, nothing(due), method="post"),
    Row("workshops:host_list", READ, unit),
    Row("workshops:list_send", COUNTY, unit, method="post"),
    Row("workshops:list_version", READ, version),
    Row(
        "workshops:list_version",
        CITY,
        version,
        method="post",
        data=lambda _: {"step": "forwarded", "words": ""},
    ),
    Row("workshops:list_take_back", COUNTY, version, method="post"),
]
