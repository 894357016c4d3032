"""The province opens a call for hosts of topics and may change it (R34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from core.domain.audit import record_act
from organisations.models import Organisation
from programmes.models import Programme
from workshops.enums.hosting import ApplicationState
from workshops.errors.hosting import CallDaysOutOfOrder, CallWithoutTopics, PlacesGivenAway
from workshops.models import CallTopic, HostApplication, HostCall
from workshops.queries.titles import topic_title

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_call(
    programme: Programme,
    organisation: Organisation,
    *,
    title: str,
    text: str,
    days: tuple[date, date, date],
    places: Mapping[str, int],
    by: User,
) -> HostCall:
    """Call for hosts. ``days``: first, last to volunteer, last to recommend.

    ``places`` says for each topic's key how many hosts are sought.

    Raises: CallDaysOutOfOrder; CallWithoutTopics.
    Source: R34.
    """
    first, last, until = _in_order(days)
    wanted = {topic: count for topic, count in places.items() if count}
    if not wanted:
        raise CallWithoutTopics
    call = HostCall.objects.create(
        programme=programme,
        organisation=organisation,
        title=title.strip(),
        text=text.strip(),
        opens_on=first,
        closes_on=last,
        recommends_until=until,
        opened_by=by,
    )
    CallTopic.objects.bulk_create(
        CallTopic(call=call, topic=topic, places=count) for topic, count in wanted.items()
    )
    record_act("workshops.open_call", call, by=by, to_state=call.title)
    return call


@transaction.atomic
def change_call(
    call: HostCall,
    *,
    title: str,
    text: str,
    days: tuple[date, date, date],
    places: Mapping[str, int],
    by: User,
) -> None:
    """Correct a call, give more time, seek more hosts; a topic with 0 places takes none.

    The topics' rows are locked, so that no number falls below those selected at this moment.

    Raises: CallDaysOutOfOrder; CallWithoutTopics; PlacesGivenAway.
    """
    first, last, until = _in_order(days)
    if not any(places.values()):
        raise CallWithoutTopics
    held = CallTopic.objects.select_for_update(no_key=True).filter(call=call).order_by("pk")
    known = {one.topic: one for one in held}
    taken = _selected(call)
    for topic, one in known.items():
        one.places = places.get(topic, 0)
        if one.places < taken.get(one.pk, 0):
            words = {"taken": taken[one.pk], "topic": topic_title(call.programme, topic)}
            raise PlacesGivenAway(**words)
    CallTopic.objects.bulk_update(known.values(), ["places"])
    CallTopic.objects.bulk_create(
        CallTopic(call=call, topic=topic, places=count)
        for topic, count in places.items()
        if count and topic not in known
    )
    HostCall.objects.filter(pk=call.pk).update(
        title=title.strip(),
        text=text.strip(),
        opens_on=first,
        closes_on=last,
        recommends_until=until,
    )
    record_act("workshops.change_call", call, by=by, to_state=f"{first} {last} {until}")


def _in_order(days: tuple[date, date, date]) -> tuple[date, date, date]:
    if sorted(days) != list(days):
        raise CallDaysOutOfOrder
    return days


def _selected(call: HostCall) -> dict[int, int]:
    rows = HostApplication.objects.filter(topic__call=call, state=ApplicationState.SELECTED)
    return dict(rows.values_list("topic").annotate(Count("pk")).order_by())
