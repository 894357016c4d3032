"""The province selects: whoever is selected hosts the workshop from that moment (R34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from notifications.domain.notify import notify
from workshops.domain.hosting.applications import locked, move_application
from workshops.domain.hosts import appoint_host
from workshops.enums.hosting import ApplicationState
from workshops.enums.seats import WorkshopKind
from workshops.errors.hosting import (
    ApplicationMoved,
    OwnApplication,
    PlacesTaken,
    TooManyAtOnce,
    WrongWorkshop,
)
from workshops.errors.moderation import ReasonMissing
from workshops.models import CallTopic, HostApplication, Workshop
from workshops.policy import REASON_LENGTH, SELECTED_AT_ONCE
from workshops.queries.titles import topic_title

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def select_applications(
    applications: Sequence[HostApplication],
    *,
    workshops: Mapping[int, Workshop],
    starts_on: date,
    ends_on: date | None,
    by: User,
) -> int:
    """Select all of them or none, and appoint each to the workshop chosen for its topic.

    ``workshops``: by the key of the topic's row. The topics' rows are locked in their order, so
    that two officers do not give the last place away twice. Safe to repeat: who is selected
    already stays so.

    Returns: persons selected now.
    Raises: TooManyAtOnce; OwnApplication; ApplicationMoved; PlacesTaken; WrongWorkshop;
    TermOutOfOrder; AlreadyHost.
    Source: R34.
    """
    if not 0 < len(applications) <= SELECTED_AT_ONCE:
        raise TooManyAtOnce(limit=SELECTED_AT_ONCE)
    _lock_topics(applications)
    chosen = 0
    for application in sorted(applications, key=lambda one: one.pk):
        held = locked(application)
        if held.state == ApplicationState.SELECTED:
            continue
        if held.state != ApplicationState.RECOMMENDED:
            raise ApplicationMoved(state=held.get_state_display())
        if held.applicant_id == by.pk:
            raise OwnApplication
        held.place = _free_place(held.topic)
        held.term = appoint_host(
            _of_topic(workshops.get(held.topic_id), held.topic),
            held.applicant,
            qualification=held.qualification,
            starts_on=starts_on,
            ends_on=ends_on,
            by=by,
        )
        unit = held.topic.call.organisation.name
        move_application(held, ApplicationState.SELECTED, unit=unit, by=by)
        chosen += 1
    return chosen


@transaction.atomic
def decline_application(application: HostApplication, *, words: str, by: User) -> None:
    """The province does not select, and says why. Raises: ReasonMissing; ApplicationMoved.

    Raises: OwnApplication.
    """
    words = words.replace("\x00", "").strip()[:REASON_LENGTH]
    if not words:
        raise ReasonMissing
    held = locked(application)
    if held.applicant_id == by.pk:
        raise OwnApplication
    call = held.topic.call
    move_application(
        held, ApplicationState.NOT_SELECTED, words=words, unit=call.organisation.name, by=by
    )
    notify(
        [held.applicant_id],
        "workshops.not_selected",
        {"topic": topic_title(call.programme, held.topic.topic), "why": words},
        reverse("workshops:host_application", args=[held.pk]),
        key=f"workshops.not_selected:{held.pk}",
    )


def _lock_topics(applications: Sequence[HostApplication]) -> None:
    keys = {one.topic_id for one in applications}
    rows = CallTopic.objects.select_for_update(no_key=True).filter(pk__in=keys)
    list(rows.order_by("pk"))


def _free_place(topic: CallTopic) -> int:
    """The lowest number that nobody holds. Raises: PlacesTaken."""
    places = CallTopic.objects.values_list("places", flat=True).get(pk=topic.pk)
    selected = HostApplication.objects.filter(topic=topic, state=ApplicationState.SELECTED)
    taken = set(selected.values_list("place", flat=True))
    free = set(range(1, places + 1)) - taken
    if not free:
        raise PlacesTaken(places=places, topic=topic_title(topic.call.programme, topic.topic))
    return min(free)


def _of_topic(workshop: Workshop | None, topic: CallTopic) -> Workshop:
    programme = topic.call.programme
    fits = workshop is not None and (
        workshop.kind,
        workshop.topic,
        workshop.programme_id,
        workshop.number,
        workshop.is_open,
    ) == (WorkshopKind.TOPIC, topic.topic, programme.pk, 1, True)
    if workshop is None or not fits:
        raise WrongWorkshop(topic=topic_title(programme, topic.topic))
    return workshop
