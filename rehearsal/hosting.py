"""Hosts found and filed: a call that some of the sample answer; lists of some counties."""

from datetime import timedelta

from django.utils import timezone

from organisations.enums import Level
from organisations.models import Organisation
from workshops.domain.building import build_workshops
from workshops.domain.host_lists.filing import review_list, send_list
from workshops.domain.hosting.announcing import announce_calls
from workshops.domain.hosting.applications import recommend, volunteer
from workshops.domain.hosting.calls import open_call
from workshops.domain.hosting.selection import select_applications
from workshops.enums.hosting import ListState
from workshops.models import Host, HostApplication, Workshop
from workshops.policy import SELECTED_AT_ONCE

TOPIC = "class_management"
UNITS = 10


def call_for_hosts(year) -> int:
    """The sample volunteers; the officer signs for their schools and selects. Returns: hosts."""
    province = Organisation.objects.get(level=Level.PROVINCE)
    today = timezone.localdate()
    build_workshops(
        year.programme,
        province,
        levels=[Level.PROVINCE],
        topics=[TOPIC],
        with_subjects=False,
        by=year.officer,
    )
    call = open_call(
        year.programme,
        province,
        title="专题主持人选聘",
        text="面向全省选聘。",
        days=(today, today + timedelta(days=10), today + timedelta(days=12)),
        places={TOPIC: SELECTED_AT_ONCE},
        by=year.officer,
    )
    topic = call.topics.get()
    people = [one.user for one in year.sample()[: SELECTED_AT_ONCE // 2]]
    for person in people:
        one = volunteer(topic, qualification="other", statement="愿意主持。", by=person)
        recommend(one, words="同意推荐。", edits=0, by=year.officer)
    room = Workshop.objects.with_place().get(programme=year.programme, topic=TOPIC, number=1)
    return select_applications(
        list(HostApplication.objects.filter(topic=topic)),
        workshops={topic.pk: room},
        starts_on=today,
        ends_on=year.programme.ends_on,
        by=year.officer,
    )


def tell_of_the_call(year) -> int:
    """Everybody approved hears of the call. Returns: persons told."""
    return announce_calls(timezone.localdate())


def file_lists(year) -> int:
    """Some cities and counties that have hosts file them level by level. Returns: lists."""
    hosting = (
        Host.objects.current().filter(workshop__kind="subject").values("workshop__organisation")
    )
    units = Organisation.objects.filter(pk__in=hosting, level__in=(Level.CITY, Level.COUNTY))
    filed = 0
    for unit in units.select_related("parent__parent").order_by("path")[:UNITS]:
        version = send_list(unit, year.programme, by=year.officer)
        if unit.parent.level == Level.CITY:
            review_list(version, ListState.FORWARDED, by=year.officer)
        review_list(version, ListState.FILED, by=year.officer)
        filed += 1
    return filed


STAGES = (
    ("host_calls", call_for_hosts),
    ("host_call_notices", tell_of_the_call),
    ("host_lists", file_lists),
)
