"""Moving a gathering, calling it off, more meetings, and what was written down afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.domain.audit import record_act
from workshops.domain.gatherings.announcing import tell
from workshops.domain.gatherings.coming import lock_gathering, move_up, require_to_come
from workshops.domain.gatherings.files import add_files
from workshops.enums.gatherings import GatheringState
from workshops.errors.gatherings import (
    CapacityBelowPlaces,
    GatheringOver,
    MeetingOutOfOrder,
    NotHeldYet,
    TooManyMeetings,
)
from workshops.errors.moderation import ReasonMissing
from workshops.models import Gathering, Meeting
from workshops.policy import MEETINGS_LIMIT

if TYPE_CHECKING:
    from accounts.models import User

CONCERNED = """
SELECT attendee.user_id, %(parameters)s::jsonb AS parameters, %(url)s AS url, %(key)s AS key
  FROM workshops_attendee attendee
 WHERE attendee.gathering_id = %(gathering)s AND attendee.answer <> 'declined'
"""


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, begins_at: datetime, ends_at: datetime, place: str, by: User
) -> None:
    """Another time or place; everybody invited or signed up is told.

    Raises: GatheringOver; MeetingOutOfOrder.
    Source: R37.
    """
    held = lock_gathering(meeting.gathering)
    require_to_come(held)
    if ends_at <= begins_at:
        raise MeetingOutOfOrder
    before = meeting.begins_at.isoformat()
    meeting.begins_at, meeting.ends_at, held.place = begins_at, ends_at, place
    meeting.save(update_fields=["begins_at", "ends_at"])
    held.save(update_fields=["place"])
    record_act("workshops.move_meeting", meeting, by=by, from_state=before)
    words = {"title": held.title, "at": begins_at.isoformat(), "place": place}
    key = f"moved:{meeting.pk}:{timezone.now().timestamp()}"
    tell(held, CONCERNED, {}, "workshops.gathering_moved", words, key)


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, why: str, by: User) -> None:
    """Call it off with a reason; everybody invited or signed up is told, the row stays.

    Raises: ReasonMissing; GatheringOver when it is over or was called off already.
    Source: R37.
    """
    if not why.strip():
        raise ReasonMissing
    held = lock_gathering(gathering)
    require_to_come(held)
    held.state, held.why_cancelled = GatheringState.CANCELLED, why.strip()[:200]
    held.save(update_fields=["state", "why_cancelled"])
    record_act("workshops.cancel_gathering", held, by=by, to_state=held.state, why=why.strip())
    words = {"title": held.title, "why": held.why_cancelled}
    tell(held, CONCERNED, {}, "workshops.gathering_cancelled", words, f"cancelled:{held.pk}")


@transaction.atomic
def set_capacity(gathering: Gathering, capacity: int | None, *, by: User) -> int:
    """More or fewer places; nobody loses one. Who waits moves up into new ones.

    Returns: persons who moved up.
    Raises: CapacityBelowPlaces when a higher place is held; GatheringOver.
    """
    held = lock_gathering(gathering)
    require_to_come(held)
    highest = held.attendees.aggregate(highest=Max("place"))["highest"] or 0
    if capacity is not None and capacity < highest:
        raise CapacityBelowPlaces(places=highest)
    held.capacity = capacity
    held.save(update_fields=["capacity"])
    record_act("workshops.set_capacity", held, by=by, to_state=str(capacity or ""))
    return move_up(held)


@transaction.atomic
def add_meeting(
    gathering: Gathering, *, begins_at: datetime, ends_at: datetime, by: User
) -> Meeting:
    """Another sitting of the same gathering.

    Raises: GatheringOver when it was called off; MeetingOutOfOrder; TooManyMeetings.
    """
    held = lock_gathering(gathering)
    if not held.holds:
        raise GatheringOver
    if ends_at <= begins_at:
        raise MeetingOutOfOrder
    number = (held.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MEETINGS_LIMIT:
        raise TooManyMeetings(meetings=MEETINGS_LIMIT)
    meeting = held.meetings.create(number=number, begins_at=begins_at, ends_at=ends_at)
    record_act("workshops.add_meeting", meeting, by=by, to_state=str(number))
    return meeting


@transaction.atomic
def write_minutes(
    gathering: Gathering, minutes: str, *, by: User, files: Sequence[UploadedFile] = ()
) -> None:
    """What was done and said, with pictures; may be written again.

    Raises: NotHeldYet before the first meeting; GatheringOver when it was called off;
    TooManyFiles; FileRefused.
    Source: R37, R38.
    """
    held = lock_gathering(gathering)
    if not held.holds:
        raise GatheringOver
    if held.meetings.first().begins_at > timezone.now():
        raise NotHeldYet
    held.minutes, held.minutes_at = minutes.strip(), timezone.now()
    held.save(update_fields=["minutes", "minutes_at"])
    add_files(held, files, by=by, afterwards=True)
    record_act("workshops.write_minutes", held, by=by)
