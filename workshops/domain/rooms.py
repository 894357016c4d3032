"""Opening workshops, and sub-workshops when all are full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from core.domain.audit import record_act
from notifications.domain.notify import notify
from workshops.models import Host, Workshop
from workshops.queries.seats import Room
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User


def open_room(main: Workshop, rooms: Sequence[Room], *, by: User | None) -> Room:
    """Open the next sub-workshop of ``main``, whose row the caller has locked; tell its hosts.

    Source: R30, A11.
    """
    room = Workshop.objects.create(
        programme=main.programme,
        kind=main.kind,
        stage=main.stage,
        subject=main.subject,
        topic=main.topic,
        organisation=main.organisation,
        parent=main,
        number=max(one.number for one in rooms) + 1,
        cap=main.cap,
        opened_by=by,
    )
    record_act("workshops.open", room, by=by, to_state=str(room.number))
    hosts = Host.objects.current().filter(workshop=main).values_list("user", flat=True)
    notify(
        hosts,
        "workshops.room_opened",
        {"workshop": title_of(room)},
        reverse("workshops:workshop", args=[room.pk]),
        key=f"workshops.room_opened:{room.pk}",
    )
    return Room(room.pk, room.number, room.cap, True, 0)
