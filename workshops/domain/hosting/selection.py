"""The province selects: whoever is selected hosts the workshop from that moment (R34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from notifications.domain.notify import notify
from workshops.domain.hosting.applications import (
    all_locked,
    locked,
    move_application,
    move_applications,
)
from workshops.domain.hosts import Appointed, appoint_hosts
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
    already stays so. However many they are, each step is one statement.

    Returns: persons selected now.
    Raises: TooManyAtOnce; OwnApplication; ApplicationMoved; PlacesTaken; WrongWorkshop;
    TermOutOfOrder; AlreadyHost.
    Source: R34.
    """
    if not 0 < len(applications) <= SELECTED_AT_ONCE:
        raise TooManyAtOnce(limit=SELECTED_AT_ONCE)
    places = _locked_topics(applications)
    chosen = _to_select(applications, by)
    if not chosen:
        return 0
    _give_places(chosen, places)
    terms = appoint_hosts(
        [
            Appointed(
                _of_topic(workshops.get(held.topic_id), held.topic),
                held.applicant,
                held.qualification,
            )
            for held in chosen
        ],
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
    )
    for held, term in zip(chosen, terms, strict=True):
        held.term = term
    steps = [(held, held.topic.call.organisation.name) for held in chosen]
    move_applications(steps, ApplicationState.SELECTED, by=by)
    return len(chosen)


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


def _locked_topics(applications: Sequence[HostApplication]) -> dict[int, int]:
    """The places of the topics, locked in the order of their keys. One query."""
    keys = {one.topic_id for one in applications}
    rows = CallTopic.objects.select_for_update(no_key=True).filter(pk__in=keys)
    return dict(rows.order_by("pk").values_list("pk", "places"))


def _to_select(applications: Sequence[HostApplication], by: User) -> list[HostApplication]:
    """Those not selected yet, locked. Raises: ApplicationMoved; OwnApplication."""
    rows = all_locked(applications)
    chosen = [held for held in rows if held.state != ApplicationState.SELECTED]
    for held in chosen:
        if held.state != ApplicationState.RECOMMENDED:
            raise ApplicationMoved(state=held.get_state_display())
        if held.applicant_id == by.pk:
            raise OwnApplication
    return chosen


def _give_places(chosen: Sequence[HostApplication], places: Mapping[int, int]) -> None:
    """Each the lowest number that nobody holds. One query. Raises: PlacesTaken."""
    selected = HostApplication.objects.filter(topic__in=places, state=ApplicationState.SELECTED)
    taken = set(selected.values_list("topic", "place"))
    for held in chosen:
        numbers = range(1, places[held.topic_id] + 1)
        free = next((one for one in numbers if (held.topic_id, one) not in taken), None)
        if free is None:
            title = topic_title(held.topic.call.programme, held.topic.topic)
            raise PlacesTaken(places=len(numbers), topic=title)
        held.place = free
        taken.add((held.topic_id, free))


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
