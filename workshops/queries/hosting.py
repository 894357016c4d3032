"""Calls for hosts, their topics and applications, as the pages of each side need them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from organisations.models import Organisation
from workshops.enums.hosting import ApplicationState
from workshops.enums.seats import WorkshopKind
from workshops.models import CallTopic, HostApplication, HostCall, Workshop

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

SELECTED = Q(applications__state=ApplicationState.SELECTED)
WAITING = Q(applications__state=ApplicationState.RECOMMENDED)


def with_place(rows: QuerySet[HostApplication]) -> QuerySet[HostApplication]:
    """Joined with what a line of a list shows; the rule pack is read when needed."""
    joined = rows.select_related("topic__call__programme", "applicant", "school__parent__parent")
    return joined.defer("topic__call__programme__rule_pack")


def topics_of(call: HostCall) -> QuerySet[CallTopic]:
    """The topics with ``selected``, ``waiting`` and ``volunteers``. One query."""
    return (
        CallTopic.objects.filter(call=call)
        .annotate(
            selected=Count("applications", filter=SELECTED),
            waiting=Count("applications", filter=WAITING),
            volunteers=Count(
                "applications", filter=~Q(applications__state=ApplicationState.WITHDRAWN)
            ),
        )
        .order_by("pk")
    )


def with_counts(calls: QuerySet[HostCall]) -> QuerySet[HostCall]:
    """Adds ``volunteers``, ``waiting`` for the province and ``selected``. One query."""
    path = "topics__applications"
    return calls.annotate(
        volunteers=Count(path, filter=~Q(**{f"{path}__state": ApplicationState.WITHDRAWN})),
        waiting=Count(path, filter=Q(**{f"{path}__state": ApplicationState.RECOMMENDED})),
        selected=Count(path, filter=Q(**{f"{path}__state": ApplicationState.SELECTED})),
    )


def own_applications(user: User, programme: Programme) -> QuerySet[HostApplication]:
    """The user's own of the year, the newest first."""
    rows = HostApplication.objects.filter(applicant=user, topic__call__programme=programme)
    return with_place(rows).order_by("-pk")


def school_desk(user: User, programme: Programme, state: str) -> QuerySet[HostApplication]:
    """The year's applications on which the user's unit has its say, those that wait first."""
    rows = HostApplication.objects.recommended_by(user).filter(topic__call__programme=programme)
    if state:
        rows = rows.filter(state=state)
    return with_place(rows).order_by("topic__call__recommends_until", "pk")


def school_counts(user: User, programme: Programme) -> dict[str, int]:
    """How many of them are in each state. One query."""
    rows = HostApplication.objects.recommended_by(user).filter(topic__call__programme=programme)
    return dict(rows.values_list("state").annotate(Count("pk")).order_by())


def waiting_for_school(user: User, programme: Programme) -> int:
    """How many volunteers wait for the user's word."""
    rows = HostApplication.objects.recommended_by(user).waiting()
    return rows.filter(topic__call__programme=programme).count()


def waiting_for_office(programme: Programme) -> int:
    """How many recommended volunteers wait for the province."""
    rows = HostApplication.objects.filter(state=ApplicationState.RECOMMENDED)
    return rows.filter(topic__call__programme=programme).count()


def call_desk(user: User, call: HostCall, wanted: Mapping[str, str]) -> QuerySet[HostApplication]:
    """The applications of a call, narrowed by ``topic``, ``city``, ``state`` and name ``q``."""
    rows = HostApplication.objects.visible_to(user).filter(topic__call=call)
    if wanted.get("topic", "").isdecimal():
        rows = rows.filter(topic=int(wanted["topic"]))
    if wanted.get("city", "").isdecimal():
        city = Organisation.objects.filter(pk=int(wanted["city"])).values_list("path", flat=True)
        rows = rows.filter(school__path__startswith=city.first() or "none")
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("q"):
        rows = rows.filter(applicant__real_name__startswith=wanted["q"])
    return with_place(rows).order_by("topic", "school__path", "pk")


def call_counts(user: User, call: HostCall) -> dict[str, int]:
    """How many applications of the call are in each state. One query."""
    rows = HostApplication.objects.visible_to(user).filter(topic__call=call)
    return dict(rows.values_list("state").annotate(Count("pk")).order_by())


def workshops_for(call: HostCall, topics: list[str]) -> dict[str, list[Workshop]]:
    """The open main workshops of the topics, the province's first. One query."""
    rows = (
        Workshop.objects.with_place()
        .open()
        .filter(programme=call.programme_id, kind=WorkshopKind.TOPIC, topic__in=topics, number=1)
    )
    found: dict[str, list[Workshop]] = {topic: [] for topic in topics}
    for one in rows.order_by("organisation__level", "organisation__path"):
        found[one.topic].append(one)
    return found
