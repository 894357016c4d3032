from django.core.files.base import ContentFile
from django.utils import timezone

from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only
from tests.matrix.rows_workshops import DESKS, HOST, OFFICE, READ, county
from tests.workshops.assessments import assessed, pass_host, window_over
from tests.workshops.talk import make_thread
from workshops.domain.assessment.asking import ask_correction
from workshops.domain.assessment.methods import draft_method
from workshops.domain.assessment.rounds import confirm_assessment
from workshops.domain.assessment.service import issue_service_certificates
from workshops.enums.assessment import Counted
from workshops.models import HostResult, ServiceCertificate

ABOVE = only("city_administrator_home", "province_administrator", "project_officer")
WHY = {"why": "有记录为证"}


def officer(world):
    return world.people["county_administrator_home"]


def unit(world):
    county(world)
    return {"unit": world.home_county.pk}


def draft(world):
    county(world)
    year = world.things["workshop"].programme
    world.things["method"] = draft_method(year, world.home_county, by=officer(world))
    return {"pk": world.things["method"].pk}


def shown(world):
    """The home county's hosts, whose results are shown; its formula is published."""
    county(world)
    held = assessed(world.things["workshop"], officer(world))
    world.things |= {"assessment": held, "result": held.results.get()}
    return {"pk": held.pk}


def formula(world):
    shown(world)
    return {"pk": world.things["assessment"].method_id}


def published_alone(world):
    """A published formula by which nobody is being assessed."""
    key = formula(world)
    confirmed(world, begin=False)
    return key


def result(world):
    shown(world)
    return {"pk": world.things["result"].pk}


def over(world):
    key = shown(world)
    window_over(world.things["assessment"])
    return key


def confirmed(world, *, begin=True):
    if begin:
        shown(world)
    window_over(world.things["assessment"])
    confirm_assessment(world.things["assessment"], by=officer(world))
    return {"pk": world.things["result"].pk}


def asked(world, **fields):
    shown(world)
    held = world.things["result"]
    return {
        "pk": ask_correction(held, kind="topic", asked=1, why="漏了一个", by=held.user, **fields).pk
    }


def own_act(world):
    """A topic that the host started, and so an act of the host's."""
    shown(world)
    held = world.things["result"]
    thread = make_thread(world.things["workshop"], held.user, as_host=True)
    return {"pk": held.pk, "kind": "topic", "key": thread.posts.get().pk}


def with_file(world):
    return asked(world, file=ContentFile(b"%PDF-1.4 x", name="证明.pdf"))


def appealed(world):
    confirmed(world)
    held = world.things["result"]
    held.refresh_from_db()
    return {"pk": ask_correction(held, kind="topic", asked=1, why="漏了", by=held.user).pk}


def passed(world):
    """Confirmed after rulings that made the host pass."""
    county(world)
    pass_host(world.things["workshop"], officer(world))
    held = HostResult.objects.get()
    return {"pk": held.assessment_id}


def certified(world):
    passed(world)
    held = HostResult.objects.get().assessment
    issue_service_certificates(held, by=officer(world))
    return {"pk": ServiceCertificate.objects.get().pk}


def token(world):
    certified(world)
    return {"token": ServiceCertificate.objects.get().token}


def person(world):
    county(world)
    return {"pk": world.people["marker_home"].pk}


def none(build):
    def made(world):
        build(world)
        return {}

    return made


def numbers(world):
    given = {f"weight_{kind}": "1" for kind in Counted.values}
    given |= {f"ceiling_{kind}": "10" for kind in Counted.values}
    return given | {"from_excellent": "85", "from_good": "70", "from_passed": "50"}


def days(world):
    today = timezone.localdate().isoformat()
    return {"starts_on": "2017-01-01", "ends_on": today, "corrections_until": today}


def question(world):
    return WHY | {"kind": "topic", "asked": "1"}


ROWS = [
    Row("workshops:service", HOST, none(county)),
    Row("workshops:service_of", READ | HOST, person),
    Row("workshops:assessments", DESKS, none(shown)),
    Row("workshops:method_new", OFFICE, unit, method="post"),
    Row("workshops:method", SIGNED_IN, formula),
    Row("workshops:method_edit", OFFICE, draft),
    Row("workshops:method_edit", OFFICE, draft, method="post", data=numbers),
    Row("workshops:method_publish", OFFICE, draft, method="post"),
    Row("workshops:assessment_start", OFFICE, published_alone),
    Row("workshops:assessment_start", OFFICE, published_alone, method="post", data=days),
    Row("workshops:assessment", READ, shown),
    Row("workshops:assessment", READ, over, query="?grade=failed"),
    Row("workshops:assessment_compute", OFFICE, shown, method="post"),
    Row("workshops:assessment_confirm", OFFICE, over),
    Row("workshops:assessment_confirm", OFFICE, over, method="post"),
    Row("workshops:host_result", READ | HOST, result),
    Row("workshops:correction_ask", HOST, result),
    Row("workshops:correction_ask", HOST, result, method="post", data=question),
    Row("workshops:correction_ask_of_act", HOST, own_act),
    Row(
        "workshops:correction_ask_of_act",
        HOST,
        own_act,
        method="post",
        data=lambda world: WHY | {"fault": "not_mine"},
    ),
    Row("workshops:host_decide", OFFICE, confirmed),
    Row(
        "workshops:host_decide",
        OFFICE,
        confirmed,
        method="post",
        data=lambda world: WHY | {"verdict": "warned"},
    ),
    Row("workshops:corrections", DESKS, none(asked)),
    Row("workshops:correction", OFFICE, asked),
    Row(
        "workshops:correction",
        OFFICE,
        asked,
        method="post",
        data=lambda world: WHY | {"granted": "1"},
    ),
    Row("workshops:correction", ABOVE, appealed, query="?appeal"),
    Row("workshops:correction_file", READ | HOST, with_file),
    Row("workshops:service_issue", OFFICE, passed, method="post"),
    Row("workshops:service_certificate", READ | HOST, certified),
    Row("workshops:service_revoke", OFFICE, certified),
    Row("workshops:service_revoke", OFFICE, certified, method="post", data=lambda world: WHY),
    Row("workshops:service_check", EVERYONE, token),
]
