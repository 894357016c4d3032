"""Who was there: by the code shown on the spot, or by the list (R37)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.attempts import Limit, give_back, take_attempt
from core.domain.audit import record_act, record_acts
from workshops.domain.gatherings.codes import code_holds
from workshops.domain.gatherings.coming import lock_gathering, sign_up
from workshops.enums.gatherings import Answer, Presence, SignInWay
from workshops.errors.gatherings import CodeWrong, GatheringOver, NotSignInTime, StillWaiting
from workshops.models import Attendance, Attendee, Meeting
from workshops.policy import SIGN_IN_AFTER_MINUTES, SIGN_IN_BEFORE_MINUTES

if TYPE_CHECKING:
    from accounts.models import User

CODES = Limit(per_account=8, per_source=5000, per_site=50_000, window=timedelta(minutes=10))
MARK = """
INSERT INTO workshops_attendance
       (meeting_id, attendee_id, presence, way, marked_by_id, marked_at)
SELECT %(meeting)s, attendee.id, told.presence, 'list', %(by)s, now()
  FROM unnest(%(attendees)s::bigint[], %(presences)s::text[]) AS told (attendee_id, presence)
  JOIN workshops_attendee attendee
    ON attendee.id = told.attendee_id AND attendee.gathering_id = %(gathering)s
ON CONFLICT (meeting_id, attendee_id) DO UPDATE
   SET presence = excluded.presence, way = 'list', marked_by_id = excluded.marked_by_id,
       marked_at = excluded.marked_at
 WHERE workshops_attendance.presence <> excluded.presence
RETURNING id
"""


def sign_in(meeting: Meeting, code: str, *, user: User) -> Attendance:
    """Write down that ``user`` is here, by the code shown on the spot.

    Safe to repeat: a second sign-in returns the first. Somebody of the workshop who has not
    signed up takes a free place at the same time. Wrong codes are counted outside the transaction
    and limited, so that nobody finds one by trying.

    Raises: TooManyAttempts; NotSignInTime; CodeWrong; GatheringOver; NotInvited; StillWaiting.
    Source: R37.
    """
    require_sign_in_time(meeting)
    counted = take_attempt("gathering", CODES, account=f"{user.pk}", source=None)
    if not code_holds(meeting, code):
        raise CodeWrong
    give_back(counted)
    return enter_presence(meeting, user)


@transaction.atomic
def enter_presence(meeting: Meeting, user: User) -> Attendance:
    """Enter ``user`` as present, whose code was checked. The gathering's row is locked, so that
    two clicks of one person wait for each other."""
    held = lock_gathering(meeting.gathering)
    if not held.holds:
        raise GatheringOver
    attendee = Attendee.objects.filter(gathering=held, user=user).first()
    if attendee is None or attendee.answer in (Answer.INVITED, Answer.DECLINED):
        attendee = sign_up(held, user=user)
    if attendee.answer == Answer.WAITING:
        raise StillWaiting
    known = Attendance.objects.filter(meeting=meeting, attendee=attendee).first()
    if known is not None and known.presence == Presence.PRESENT:
        return known
    attendance = known or Attendance(meeting=meeting, attendee=attendee)
    attendance.presence, attendance.way = Presence.PRESENT, SignInWay.CODE
    attendance.marked_by, attendance.marked_at = user, timezone.now()
    attendance.save()
    record_act("workshops.sign_in", attendance, by=user, to_state=attendance.presence)
    return attendance


@transaction.atomic
def mark_list(meeting: Meeting, told: Mapping[int, str], *, by: User) -> int:
    """Write down the paper list: attendee's key to a ``Presence``. One statement, whatever its
    length; whoever stands there already so is left as is.

    Returns: rows written or changed.
    Raises: GatheringOver when it was called off; NotSignInTime before it begins.
    Source: R37.
    """
    held = lock_gathering(meeting.gathering)
    if not held.holds:
        raise GatheringOver
    if timezone.now() < meeting.begins_at - timedelta(minutes=SIGN_IN_BEFORE_MINUTES):
        raise NotSignInTime(minutes=SIGN_IN_BEFORE_MINUTES)
    values: dict[str, Any] = {
        "meeting": meeting.pk,
        "gathering": held.pk,
        "attendees": list(told),
        "presences": [Presence(one).value for one in told.values()],
        "by": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, values)
        written = [key for (key,) in cursor.fetchall()]
    record_acts("workshops.mark_list", Attendance, written, by=by)
    return len(written)


def signs_in_now(meeting: Meeting) -> bool:
    """Whether one may check in: during the meeting and some minutes around it."""
    opens = meeting.begins_at - timedelta(minutes=SIGN_IN_BEFORE_MINUTES)
    closes = meeting.ends_at + timedelta(minutes=SIGN_IN_AFTER_MINUTES)
    return opens <= timezone.now() <= closes


def require_sign_in_time(meeting: Meeting) -> None:
    """Raises: NotSignInTime outside of that time."""
    if not signs_in_now(meeting):
        raise NotSignInTime(minutes=SIGN_IN_BEFORE_MINUTES)
