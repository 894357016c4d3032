"""The demo's workshop on class management has been on duty for two weeks, and goes on."""

from datetime import date, time, timedelta

from django.utils import timezone

from accounts.models import User
from rehearsal.demo.workshops import HOST, TOPIC
from workshops.domain.duty.covers import ask_cover, take_cover
from workshops.domain.duty.fair import Candidate, share_out
from workshops.domain.duty.planning import carry_out_plan, try_plan
from workshops.domain.duty.rounds import hand_on, tell_missed
from workshops.domain.duty.slots import set_scheme, slots_of
from workshops.domain.duty.swaps import answer_swap, offer_swap
from workshops.domain.guidance import Entry, note_outcome, publish_plan, save_plan
from workshops.domain.hosts import appoint_host
from workshops.enums.guidance import ActivityMode
from workshops.enums.hosting import Qualification
from workshops.models import DutyCheckIn, DutyShift, Host, Workshop

COLLEAGUES = ("piyue", "xiaozhang")
PAST_DAYS, WEEKS = 14, 4
MISSED, LATE = 3, 5  # which of the past shifts, counted from the first
AIMS = (
    "围绕“班级管理”，帮助成员在一年内做到三件事：会用一节班会解决一个真问题；"
    "会与家长就事论事地沟通；能写出一份可以借鉴的班级管理案例。"
)
ACTIVITIES = (
    ("班会课例研讨", ActivityMode.OFFLINE, -9, "苏慧敏"),
    ("家校沟通线上答疑", ActivityMode.ONLINE, -2, "孟庆华"),
    ("优秀案例征集与点评", ActivityMode.ONLINE, 20, "郝春光"),
    ("走进课堂：跟岗一日", ActivityMode.OFFLINE, 40, "苏慧敏"),
    ("班级公约怎样定", ActivityMode.OFFLINE, -20, "苏慧敏"),
    ("主题班会同课异构", ActivityMode.OFFLINE, 6, "孟庆华"),
)


def serve_a_while() -> None:
    """A plan of guidance, past shifts with a missed and a late one, a rota with arrangements."""
    workshop = Workshop.objects.with_place().get(topic=TOPIC, number=1)
    hosts = _hosts(workshop)
    _plan_guidance(workshop, hosts[0])
    scheme = set_scheme(
        workshop,
        weekdays=[1, 2, 3, 4, 5],
        working_days_only=False,
        begins_at=time(19),
        shift_minutes=120,
        shifts_a_day=1,
        by=hosts[0],
    )
    today = timezone.localdate()
    _serve(workshop, hosts, slots_of(scheme, _days(-PAST_DAYS), _days(-1)))
    shown = try_plan(workshop, first=today, weeks=WEEKS, now=timezone.now())
    carry_out_plan(workshop, first=today, weeks=WEEKS, fingerprint=shown.fingerprint, by=hosts[0])
    _arrange(workshop, hosts)
    _serve_county(hosts[0])
    hand_on(now=timezone.now())
    tell_missed(now=timezone.now())


def _hosts(workshop: Workshop) -> list[User]:
    """The host and two colleagues, all for a month by now."""
    officer, since = User.objects.get(username="xiangmu"), _days(-30)
    Host.objects.filter(workshop=workshop, user__username=HOST).update(starts_on=since)
    people = [User.objects.get(username=name) for name in (HOST, *COLLEAGUES)]
    for person in people[1:]:
        terms = {"qualification": Qualification.RESEARCHER, "starts_on": since, "by": officer}
        appoint_host(workshop, person, **terms)
    return people


def _plan_guidance(workshop: Workshop, host: User) -> None:
    entries = [Entry(title, mode, _days(days), who) for title, mode, days, who in ACTIVITIES]
    save_plan(workshop, aims=AIMS, activities=entries, saves=0, by=host)
    plan = publish_plan(workshop, by=host)
    first = plan.activities.get(title=ACTIVITIES[0][0])
    note = "现场 26 人，形成三份班会设计。"
    note_outcome(workshop, first.key, took_place_on=first.on, note=note, by=host)


def _serve(workshop: Workshop, hosts: list[User], slots) -> None:
    """What was served before today: shared out evenly, one shift missed, one begun late."""
    everybody = frozenset(range(len(slots)))
    people = [Candidate(one.pk, 0, everybody) for one in hosts]
    made = DutyShift.objects.bulk_create(
        DutyShift(workshop=workshop, user_id=user, starts_at=start, ends_at=end)
        for (start, end), user in zip(slots, share_out(len(slots), people), strict=True)
    )
    DutyCheckIn.objects.bulk_create(
        DutyCheckIn(
            shift=shift,
            user_id=shift.user_id,
            at=shift.starts_at + timedelta(minutes=25 if number == LATE else -3),
            late=number == LATE,
        )
        for number, shift in enumerate(made, 1)
        if number != MISSED
    )


def _serve_county(host: User) -> None:
    """The county's workshop of mathematics: one host, Tuesday and Thursday afternoon."""
    held = Host.objects.current().exclude(workshop__topic=TOPIC).get(user=host)
    Host.objects.filter(pk=held.pk).update(starts_on=_days(-30))
    workshop = Workshop.objects.with_place().get(pk=held.workshop_id)
    days = {"weekdays": [2, 4], "working_days_only": False, "begins_at": time(16)}
    scheme = set_scheme(workshop, shift_minutes=60, shifts_a_day=1, by=host, **days)
    _serve(workshop, [host], slots_of(scheme, _days(-PAST_DAYS), _days(-1)))
    plan = {"first": timezone.localdate(), "weeks": WEEKS}
    mark = try_plan(workshop, now=timezone.now(), **plan).fingerprint
    carry_out_plan(workshop, fingerprint=mark, by=host, **plan)


def _arrange(workshop: Workshop, hosts: list[User]) -> None:
    """A swap that was accepted, one that waits, a cover that was taken, one that waits."""
    first, second, third = hosts
    own = {
        one: list(DutyShift.objects.ahead(timezone.now()).filter(workshop=workshop, user=one))
        for one in hosts
    }
    for shifts in own.values():
        shifts.sort(key=lambda shift: shift.starts_at)
    swap = offer_swap(own[first][1], to=third, against=own[third][1], by=first)
    answer_swap(swap, accept=True, by=third)
    offer_swap(own[second][0], to=first, against=own[first][2], by=second)
    take_cover(ask_cover(own[third][2], why="外出参加教研活动", by=third), by=second)
    ask_cover(own[third][0], why="家中有事", by=third)


def _days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)
