"""Every act of hosts that counts, from wherever it is recorded, as one set of rows.

``SOURCES`` are the places; each yields the person, the main workshop of the family, the kind,
the moment, a key and a title. A new kind of act is one more source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from workshops.enums.assessment import Counted
from workshops.models import DutyCheckIn, Host, Workshop
from workshops.models.workshop import READERS
from workshops.policy import ANSWER_HOURS

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 30
MAIN = "CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END"
# The six acts: what hosts wrote as hosts and what is not hidden.
POSTS = f"""
SELECT post.author_id AS user_id, {MAIN} AS main_id, thread.workshop_id, post.act::text AS kind,
       post.created_at AS at, post.id AS key, thread.title::text AS title
  FROM workshops_post post
  JOIN workshops_thread thread ON thread.id = post.thread_id
  JOIN workshops_workshop room ON room.id = thread.workshop_id
 WHERE post.as_host AND post.hidden_at IS NULL AND post.act <> ''
"""  # noqa: S608 - ours
# The first answer of a host to somebody else's question, when it came in time.
PROMPT = f"""
SELECT post.author_id, {MAIN}, thread.workshop_id, '{Counted.PROMPT}', post.created_at, post.id,
       thread.title::text
  FROM workshops_post post
  JOIN workshops_thread thread ON thread.id = post.thread_id AND thread.kind = 'question'
  JOIN workshops_workshop room ON room.id = thread.workshop_id
 WHERE post.as_host AND post.hidden_at IS NULL AND post.act = 'answer'
   AND post.author_id <> thread.author_id
   AND post.created_at <= thread.created_at + interval '{ANSWER_HOURS} hours'
   AND NOT EXISTS (SELECT 1 FROM workshops_post earlier
                    WHERE earlier.thread_id = post.thread_id AND earlier.number < post.number
                      AND earlier.as_host AND earlier.hidden_at IS NULL AND earlier.number > 1
                      AND earlier.author_id <> thread.author_id)
"""  # noqa: S608 - ours
# Whoever checked in, at the moment of it; the family's workshop is the shift's own.
DUTY = f"""
SELECT there.user_id, shift.workshop_id, shift.workshop_id, '{Counted.DUTY}', there.at, shift.id, ''
  FROM workshops_dutycheckin there JOIN workshops_dutyshift shift ON shift.id = there.shift_id
"""  # noqa: S608 - ours
# A host's term that holds on the day of a meeting.
ON_THE_DAY = """
       host.user_id = attendee.user_id
   AND host.starts_on <= (meeting.begins_at AT TIME ZONE 'Asia/Shanghai')::date
   AND (host.ends_on IS NULL
        OR host.ends_on >= (meeting.begins_at AT TIME ZONE 'Asia/Shanghai')::date)
   AND (host.ended_at IS NULL OR host.ended_at > meeting.begins_at)
"""
PRESENT = """
  FROM workshops_attendance attendance
  JOIN workshops_attendee attendee ON attendee.id = attendance.attendee_id
  JOIN workshops_meeting meeting ON meeting.id = attendance.meeting_id
  JOIN workshops_gathering gathering
    ON gathering.id = meeting.gathering_id AND gathering.state = 'announced'
"""
# One event is one act, at the first meeting attended as host; a training counts once in a unit,
# in the workshop hosted longest (decision 0605).
TRAININGS = f"""
(SELECT DISTINCT ON (attendee.user_id, gathering.id, main.organisation_id)
       attendee.user_id, main.id, main.id, '{Counted.TRAINING}', meeting.begins_at,
       meeting.id, gathering.title::text
{PRESENT} AND gathering.kind = 'training'
  JOIN workshops_host host ON {ON_THE_DAY}
  JOIN workshops_workshop main
    ON main.id = host.workshop_id AND main.programme_id = gathering.programme_id
 WHERE attendance.presence = 'present'
 ORDER BY attendee.user_id, gathering.id, main.organisation_id, meeting.begins_at, meeting.id,
       host.starts_on, host.id)
"""  # noqa: S608 - ours
SEMINARS = f"""
(SELECT DISTINCT ON (attendee.user_id, gathering.id)
       attendee.user_id, {MAIN}, room.id, '{Counted.SEMINAR}', meeting.begins_at,
       meeting.id, gathering.title::text
{PRESENT} AND gathering.kind = 'seminar'
  JOIN workshops_workshop room ON room.id = gathering.workshop_id
  JOIN workshops_host host ON host.workshop_id IN (room.id, room.parent_id) AND {ON_THE_DAY}
 WHERE attendance.presence = 'present'
 ORDER BY attendee.user_id, gathering.id, meeting.begins_at, meeting.id)
"""  # noqa: S608 - ours
SOURCES = (POSTS, PROMPT, DUTY, TRAININGS, SEMINARS)
ACTS = "\nUNION ALL\n".join(SOURCES)

PAGE = f"""
SELECT act.workshop_id, act.kind, act.at, act.key, act.title FROM ({ACTS}) act
 WHERE act.user_id = %(user)s AND act.main_id = ANY (%(mains)s)
   AND (%(kind)s = '' OR act.kind = %(kind)s)
   AND (%(at)s::timestamptz IS NULL
        OR (act.at, act.kind, act.key) < (%(at)s, %(last_kind)s, %(last_key)s))
 ORDER BY act.at DESC, act.kind DESC, act.key DESC LIMIT {PER_PAGE + 1}
"""  # noqa: S608 - ours
NAMED = f"""
SELECT act.workshop_id, act.kind, act.at, act.key, act.title FROM ({ACTS}) act
  JOIN unnest(%(kinds)s::text[], %(keys)s::bigint[]) AS named (kind, key) USING (kind, key)
 WHERE act.user_id = %(user)s AND act.main_id = ANY (%(mains)s)
"""  # noqa: S608 - ours
MONTHS = f"""
SELECT act.kind, date_trunc('month', act.at AT TIME ZONE 'Asia/Shanghai')::date, count(*)
  FROM ({ACTS}) act WHERE act.user_id = %(user)s AND act.main_id = ANY (%(mains)s)
 GROUP BY 1, 2 ORDER BY 2, 1
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class CountedAct:
    """One act that counts, with the workshop in which it was done."""

    workshop: Workshop
    kind: str
    at: datetime
    key: int
    title: str

    @property
    def label(self) -> str:
        return str(Counted(self.kind).label)

    @property
    def name(self) -> str:
        """What a request calls it: the title, or the moment of an act without one."""
        return self.title or f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def url(self) -> str:
        """The post, the rota, or the meetings of the workshop."""
        if self.kind == Counted.DUTY:
            return reverse("workshops:duty", args=[self.workshop.pk])
        if self.kind == Counted.TRAINING:
            return reverse("workshops:gatherings")
        if self.kind == Counted.SEMINAR:
            return reverse("workshops:seminars", args=[self.workshop.pk])
        return reverse("workshops:post", args=[self.key])

    @property
    def place(self) -> str:
        """Where the list goes on."""
        return f"{self.at.isoformat()}_{self.kind}_{self.key}"


@dataclass(frozen=True)
class ActPage:
    """One page of a host's acts; ``before`` leads to the next."""

    acts: list[CountedAct]
    before: str


def posts_of_host(reader: User, user: User) -> list[Host]:
    """The terms of ``user`` that ``reader`` may see the acts of: one's own, or those in scope."""
    terms = Host.objects.filter(user=user).select_related(
        "workshop__organisation", "workshop__programme", "workshop__parent__organisation"
    )
    if reader.pk != user.pk:
        terms = terms.filter(reader.scope("workshop__organisation", *READERS))
    return list(terms.defer("workshop__programme__rule_pack").order_by("-starts_on", "-pk"))


def act_page(user: User, mains: Iterable[int], *, kind: str = "", before: str = "") -> ActPage:
    """The newest acts first, from ``before`` on. Two queries, whatever lies before."""
    place = _parsed(before) or (None, "", 0)
    values = _values(user, mains) | {
        "kind": kind if kind in Counted.values else "",
        "at": place[0],
        "last_kind": place[1],
        "last_key": place[2],
    }
    rows = _rows(PAGE, values)
    more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    acts = _acts(rows)
    return ActPage(acts, acts[-1].place if more else "")


def acts_named(
    user: User, mains: Iterable[int], names: Collection[tuple[str, int]]
) -> dict[tuple[str, int], CountedAct]:
    """Those of the acts called by kind and key that count now. Two queries, none for no name."""
    if not names:
        return {}
    kinds, keys = zip(*names, strict=True)
    rows = _rows(NAMED, _values(user, mains) | {"kinds": list(kinds), "keys": list(keys)})
    return {(act.kind, act.key): act for act in _acts(rows)}


def acts_by_month(user: User, mains: Iterable[int]) -> list[tuple[str, date, int]]:
    """How often each kind was done in each month. One query."""
    return [(kind, month, count) for kind, month, count in _rows(MONTHS, _values(user, mains))]


def duty_of(user: User, mains: Iterable[int]) -> dict[str, Any]:
    """Shifts at which the host was there, and their hours. One query."""
    there = DutyCheckIn.objects.filter(user=user, shift__workshop__in=set(mains))
    found = there.aggregate(
        shifts=Count("pk"), time=Sum(F("shift__ends_at") - F("shift__starts_at"))
    )
    hours = round((found["time"] or timedelta()) / timedelta(hours=1), 1)
    return {"shifts": found["shifts"], "hours": hours}


def _acts(rows: list[tuple]) -> list[CountedAct]:
    rooms = Workshop.objects.with_place().in_bulk({row[0] for row in rows})
    return [CountedAct(rooms[room], *rest) for room, *rest in rows]


def _values(user: User, mains: Iterable[int]) -> dict[str, Any]:
    return {"user": user.pk, "mains": sorted(set(mains))}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _parsed(before: str) -> tuple[datetime, str, int] | None:
    moment, _sign, key = before.rpartition("_")
    moment, _sign, kind = moment.rpartition("_")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
        if at is None or kind not in Counted.values:
            return None
        return (at if timezone.is_aware(at) else timezone.make_aware(at)), kind, int(key)
    except ValueError:
        return None
