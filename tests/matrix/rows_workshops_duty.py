from datetime import time, timedelta

from django.utils import timezone

from tests.matrix.row import SIGNED_IN, Row, only
from tests.matrix.rows_workshops import DESKS, HOST, MEMBER, OFFICE, READ, county, nothing
from tests.workshops.duty import make_scheme, make_shift
from tests.workshops.factories import host
from tests.workshops.gatherings import plan
from workshops.domain.duty.check_in import state_absence
from workshops.domain.duty.covers import ask_cover
from workshops.domain.duty.planning import try_plan
from workshops.domain.duty.swaps import offer_swap
from workshops.domain.gatherings.announcing import announce_seminar
from workshops.domain.guidance import Entry, publish_plan, save_plan

COLLEAGUE = only("editor")  # hosts the home county's workshop beside the marker


def scheme(world):
    key = county(world)
    if not hasattr(world.things["workshop"], "duty_scheme"):
        host(world.things["workshop"], world.people["editor"])
        make_scheme(world.things["workshop"], begins_at=time(19))
    return key


def shift(world, hours=24, who="marker_home"):
    """A shift of the home host, tomorrow."""
    scheme(world)
    starts_at = timezone.now() + timedelta(hours=hours)
    made = make_shift(world.things["workshop"], world.people[who], starts_at)
    world.things["shift"] = made
    return {"pk": made.pk}


def running(world):
    return shift(world, hours=-1)


def offered_to_the_home_host(world):
    shift(world, who="editor")
    people = world.people
    swap = offer_swap(world.things["shift"], to=people["marker_home"], by=people["editor"])
    return {"pk": swap.pk}


def own_offer(world):
    shift(world)
    people = world.people
    swap = offer_swap(world.things["shift"], to=people["editor"], by=people["marker_home"])
    return {"pk": swap.pk}


def call_of_the_colleague(world):
    shift(world, who="editor")
    return {"pk": ask_cover(world.things["shift"], by=world.people["editor"]).pk}


def own_call(world):
    shift(world)
    return {"pk": ask_cover(world.things["shift"], by=world.people["marker_home"]).pk}


def absence(world):
    scheme(world)
    today = timezone.localdate()
    made = state_absence(world.people["marker_home"], starts_on=today, ends_on=today)
    return {"pk": made.pk}


def rota(world):
    shift(world)
    return {"pk": world.things["workshop"].pk}


def days(_world):
    return {
        "weekdays": ["1", "3"],
        "begins_at": "19:00",
        "shift_minutes": "120",
        "shifts_a_day": "1",
    }


def span(world):
    """Two weeks from tomorrow on, as they were shown."""
    first = timezone.localdate() + timedelta(days=1)
    shown = try_plan(world.things["workshop"], first=first, weeks=2, now=timezone.now())
    return {"first": str(first), "weeks": "2", "fingerprint": shown.fingerprint}


def this_day(_world):
    return {"starts_on": str(timezone.localdate()), "ends_on": str(timezone.localdate())}


def plan_of(world):
    """A published guidance plan of the home county's workshop."""
    key = scheme(world)
    workshop, by = world.things["workshop"], world.people["marker_home"]
    day = timezone.localdate()
    entry = Entry("听课周", "offline", day)
    save_plan(workshop, aims="学会提问", activities=[entry], saves=0, by=by)
    publish_plan(workshop, by=by)
    return key


def activity(world):
    key = plan_of(world)
    return key | {"key": world.things["workshop"].guidance_plans.get().activities.get().key}


def seminar_to_link(world):
    key = activity(world)
    by = world.people["marker_home"]
    world.things["met"] = announce_seminar(world.things["workshop"], plan(), by=by)
    return key


def this_seminar(world):
    return {"gathering": str(world.things["met"].pk)}


def lines(_world):
    """A form of the plan as the browser sends it."""
    frame = {"line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0"}
    line = {"title": "听课周", "mode": "offline", "on": str(timezone.localdate())}
    return frame | {f"line-0-{name}": value for name, value in line.items()} | {"saves": "0"}


def happened(_world):
    return {"took_place_on": str(timezone.localdate())}


HOSTS = HOST | COLLEAGUE
ROWS = [
    Row("workshops:duty", READ | HOSTS | MEMBER, rota),
    Row("workshops:duty_days", OFFICE | HOSTS, scheme),
    Row("workshops:duty_days", OFFICE | HOSTS, scheme, method="post", data=days),
    Row("workshops:duty_plan", OFFICE | HOSTS, scheme, query="?first=2999-01-01&weeks=2"),
    Row("workshops:duty_plan", OFFICE | HOSTS, scheme, method="post", data=span),
    Row("workshops:duty_calendar", SIGNED_IN),
    Row("workshops:duty_report", DESKS, nothing(rota)),
    Row("workshops:guidance", READ | HOSTS | MEMBER, plan_of),
    Row("workshops:guidance_edit", HOSTS, plan_of),
    Row("workshops:guidance_edit", HOSTS, plan_of, method="post", data=lines),
    Row("workshops:guidance_outcome", HOSTS, activity),
    Row("workshops:guidance_outcome", HOSTS, activity, method="post", data=happened),
    Row("workshops:guidance_link", HOSTS, seminar_to_link, method="post", data=this_seminar),
    Row("workshops:guidance_unlink", HOSTS, activity, method="post"),
    Row("workshops:duty_absences", HOSTS, nothing(absence)),
    Row("workshops:duty_absences", HOSTS, nothing(scheme), method="post", data=this_day),
    Row("workshops:duty_absence_drop", HOST, absence, method="post"),
    Row("workshops:duty_shift", HOST, shift),
    Row("workshops:duty_check_in", HOST, running, method="post"),
    Row("workshops:duty_cover_ask", HOST, shift, method="post"),
    Row("workshops:duty_swap_answer", HOST, offered_to_the_home_host, method="post"),
    Row("workshops:duty_swap_withdraw", HOST, own_offer, method="post"),
    Row("workshops:duty_cover_take", HOST, call_of_the_colleague, method="post"),
    Row("workshops:duty_cover_withdraw", HOST, own_call, method="post"),
]
