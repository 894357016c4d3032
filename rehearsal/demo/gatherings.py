"""Trainings of hosts, seminars, priority list, calls on lessons and a study group of the demo."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from organisations.models import Organisation
from programmes.queries import current_programme
from rehearsal.demo.cast import PROVINCE
from rehearsal.demo.workshops import HOST, TOPIC
from workshops.domain.gatherings.announcing import Plan, announce_seminar, announce_training
from workshops.domain.gatherings.changing import write_minutes
from workshops.domain.gatherings.coming import decline, sign_up
from workshops.domain.gatherings.presence import mark_list
from workshops.domain.gatherings.priority import issue_list
from workshops.domain.groups import choose_people, open_group, roster_of
from workshops.domain.guidance_links import link_seminar
from workshops.domain.lesson_calls.answering import accept_call, set_visit
from workshops.domain.lesson_calls.asking import Question, call_host
from workshops.domain.lesson_calls.moving import write_word
from workshops.models import Gathering, Meeting, Workshop
from workshops.queries.guidance import newest_version

AGENDA = "8:30 报到\n9:00 专题报告：怎样带好一个工作坊\n10:40 分组研讨：答疑与简报\n11:30 总结"
SEMINAR = "14:00 观课：班级公约的制定\n14:50 说课与评议\n15:40 分享各班的做法"
MINUTES = "观课一节，十二位老师发言。共识：公约由学生自己提出，每月回头看一次。"
GROUP = "大单元教学研修小组"
GROUP_PLAN = "每周三下午集体备课，每次一人说课、两人评议。\n期中展示一节，期末汇报成果。"
QUESTION = "准备下周试讲，想请教怎样让学生自己发现平行四边形面积的转化方法，附教案。"
WAITING = "请帮助磨课，拟推荐参加区级评选。"
ADVICE = "教案思路清楚。建议把剪拼放在猜想之后，让学生先说说为什么不能用邻边相乘。"


def meet() -> None:
    """What was held, what comes, and what waits for an answer."""
    officer, host = (User.objects.get(username=name) for name in ("xiangmu", HOST))
    province = Organisation.objects.get(code=PROVINCE)
    _train(officer, host, province)
    _meet_on_the_spot(host)
    issue_list(current_programme(), province, quota=1, by=officer)
    _call(host)
    _group()


def _group() -> None:
    """The principal's school studies on in a group of its own people."""
    year, principal = current_programme(), User.objects.get(username="xiaozhang")
    school = principal.current_appointments[0].organisation
    group = open_group(year, school, name=GROUP, plan=GROUP_PLAN, token=uuid4(), by=principal)
    roster = roster_of(group).order_by("pk").values_list("user", flat=True)
    choose_people(group, list(roster[:9]), by=principal)


def _train(officer: User, host: User, province: Organisation) -> None:
    year = current_programme()
    held = announce_training(year, province, _plan("工作坊主持人岗前培训", 0, 9, 6), by=officer)
    coming = sign_up(held, user=host)
    other = held.attendees.exclude(pk=coming.pk).first()
    _now(held)
    told = {coming.pk: "present"} | ({other.pk: "leave"} if other else {})
    mark_list(held.meetings.get(), told, by=officer)
    _back(held, days=9)
    comes = announce_training(year, province, _plan("答疑与简报专题培训", 12, 9, 3), by=officer)
    sign_up(comes, user=host)


def _meet_on_the_spot(host: User) -> None:
    """One seminar was held, one is going on with somebody on the waiting list, one comes."""
    topic = Workshop.objects.with_place().get(topic=TOPIC, number=1)
    first, second, third, fourth = (
        User.objects.get(username=name) for name in ("laoshi", "wancheng", "zhengshu", "zaikao")
    )
    held = announce_seminar(topic, _seminar("班级公约怎样定", 0, None), by=host)
    people = [sign_up(held, user=person) for person in (first, second, third)]
    _now(held)
    presences = zip(people, ("present", "present", "duty"), strict=True)
    mark_list(held.meetings.get(), {one.pk: told for one, told in presences}, by=host)
    write_minutes(held, MINUTES, by=host)
    _back(held, days=20)
    today = announce_seminar(topic, _seminar("家校沟通案例研讨", 0, 2), by=host)
    for person in (first, second, third, fourth):
        sign_up(today, user=person)
    decline(today, user=second)
    _now(today)
    comes = announce_seminar(topic, _seminar("主题班会同课异构", 6, 40), by=host)
    sign_up(comes, user=first)
    planned = dict(newest_version(topic.pk).activities.values_list("title", "key"))
    for seminar in (held, comes):
        link_seminar(topic, planned[seminar.title], seminar, by=host)


def _call(host: User) -> None:
    """A teacher asks the county's host, who takes it on; the principal's call still waits."""
    year = current_programme()
    teacher, principal = (User.objects.get(username=name) for name in ("laoshi", "xiaozhang"))
    asked = Question("primary", "mathematics", "平行四边形的面积", QUESTION, uuid4())
    call = call_host(year, teacher.school, asked, by=teacher)
    accept_call(call, by=host)
    write_word(call, ADVICE, uuid4(), by=host)
    set_visit(call, timezone.localdate() + timedelta(days=3), by=host)
    waits = Question(
        "primary", "mathematics", "认识负数", "请帮助磨课，拟推荐参加区级评选。", uuid4()
    )
    call_host(year, principal.school or teacher.school, waits, by=principal)


def _plan(title: str, days: int, hour: int, hours: int) -> Plan:
    begins_at = _at(days, hour)
    return Plan(
        title=title,
        place="省师训中心报告厅",
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=hours),
        about=AGENDA,
        class_hours=hours,
    )


def _seminar(title: str, days: int, capacity: int | None) -> Plan:
    begins_at = _at(days, 14)
    return Plan(
        title=title,
        place="明湖路实验小学二楼录播室",
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=2),
        capacity=capacity,
        about=SEMINAR,
    )


def _at(days: int, hour: int) -> datetime:
    """``days`` from today; what is "today" is tomorrow until it was signed up for."""
    day = timezone.localtime() + timedelta(days=days or 1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _now(gathering: Gathering) -> None:
    """It goes on at this moment, so that its list can be kept and its code shown."""
    now = timezone.now().replace(second=0, microsecond=0)
    times = {"begins_at": now - timedelta(minutes=20), "ends_at": now + timedelta(hours=12)}
    Meeting.objects.filter(gathering=gathering).update(**times)


def _back(gathering: Gathering, *, days: int) -> None:
    """It was held ``days`` ago."""
    begins_at = _at(-days, 14)
    times = {"begins_at": begins_at, "ends_at": begins_at + timedelta(hours=3)}
    Meeting.objects.filter(gathering=gathering).update(**times)
