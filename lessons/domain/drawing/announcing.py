"""Preparing and announcing a draw: everything but the seed is fixed and published."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from core.domain.audit import record_act
from core.wording import day as day_in_words
from lessons.domain.dealing.bundle import program
from lessons.domain.dealing.files import (
    announcement_file,
    digest,
    json_file,
    pool_file,
    roster_file,
)
from lessons.domain.dealing.shapes import ALGORITHM, Group, Teacher
from lessons.domain.drawing.codes import Codes
from lessons.domain.drawing.copying import copy_rows
from lessons.domain.drawing.errors import (
    DrawAnnounced,
    DrawTooEarly,
    DrawTooLate,
    NothingToDraw,
    SeedEventMissing,
    SeedNotInTheFuture,
)
from lessons.domain.drawing.inputs import (
    Pool,
    pool_line,
    pool_of,
    roster_of,
    rules_of,
    teacher_line,
)
from lessons.enums import DrawState
from lessons.models import Draw
from lessons.policy import SHORTEST_REASON
from programmes.domain.phases import BEIJING
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User

ROSTER_COLUMNS = ("draw_id", "user_id", "code", "stage", "subject", "school_id", "missing")
POOL_COLUMNS = ("draw_id", "stage", "subject", "rung", "code", "lesson_id")


def prepare_draw(programme: Programme) -> Draw:
    """The year's draw, begun if need be. Safe to repeat, also at once."""
    return Draw.objects.get_or_create(programme=programme)[0]


@transaction.atomic
def announce_draw(
    draw_id: int,
    *,
    seed_event: str,
    seed_known_at: datetime,
    by: User,
    why_late: str = "",
    now: datetime | None = None,
) -> Draw:
    """Fix and publish rules, roster and pool, and say which public event will give the seed.

    The draw's row stays locked, so of two officers one announces and the other is refused.
    After the last day of the year's window ``why_late`` is asked for and published.

    Raises: DrawAnnounced; DrawTooEarly before the window of the year; DrawTooLate after it
    without a reason; SeedEventMissing; SeedNotInTheFuture; NothingToDraw.
    Source: R9, A3.
    """
    now = (now or timezone.now()).replace(microsecond=0)
    draw = Draw.objects.select_for_update(no_key=True).get(pk=draw_id)
    check_announcement(draw, seed_event, seed_known_at, now, why_late)
    pack = rule_pack_of(draw.programme)
    rules, pool = rules_of(pack), pool_of(draw.programme, Codes(draw.code_key))
    draw.pool_sha256 = publish(draw, draw.pool, "pool.csv", _write_pool(draw, pool))
    draw.roster_sha256 = publish(draw, draw.roster, "roster.csv", _write_roster(draw, pool))
    draw.program_sha256 = publish(draw, draw.program, "verify_draw.py", program())
    draw.algorithm, draw.rules = ALGORITHM, vars(rules)
    draw.seed_event, draw.seed_known_at = " ".join(seed_event.split()), seed_known_at
    draw.committed_at, draw.committed_by = now, by
    draw.why_late = " ".join(why_late.split()) if is_late(draw, seed_known_at, now) else ""
    draw.commitment = digest(announcement_of(draw))
    draw.state = DrawState.COMMITTED
    draw.save()
    record_act(
        "draw.announce",
        draw,
        by=by,
        from_state=DrawState.PREPARED,
        to_state=DrawState.COMMITTED,
        why=draw.commitment,
    )
    return draw


def announcement_of(draw: Draw) -> bytes:
    """The text whose SHA-256 is the commitment."""
    facts = {
        "programme": draw.programme.code,
        "announced_at": moment(draw.committed_at),
        "seed_event": draw.seed_event,
        "seed_known_at": moment(draw.seed_known_at),
        "program": draw.program_sha256,
        "rules": digest(json_file(draw.rules)),
        "roster": draw.roster_sha256,
        "pool": draw.pool_sha256,
    }
    if draw.why_late:
        facts["late_because"] = draw.why_late
    return announcement_file(facts)


def moment(at: datetime) -> str:
    """A moment as it is published: to the second, in Beijing time."""
    return at.astimezone(BEIJING).isoformat(timespec="seconds")


def publish(draw: Draw, field: FieldFile, name: str, content: bytes) -> str:
    """Store a published file under a name of its own. Returns: its SHA-256."""
    field.save(f"{draw.programme.code}/{name}", ContentFile(content), save=False)
    return digest(content)


def check_announcement(
    draw: Draw, seed_event: str, seed_known_at: datetime, now: datetime, why_late: str = ""
) -> None:
    """Refuse an announcement before any file is written.

    Raises: DrawAnnounced; DrawTooEarly; DrawTooLate; SeedEventMissing; SeedNotInTheFuture.
    """
    if draw.state != DrawState.PREPARED:
        raise DrawAnnounced
    window = rule_pack_of(draw.programme).draw
    if window.opens_on and now.astimezone(BEIJING).date() < window.opens_on:
        raise DrawTooEarly(day=day_in_words(window.opens_on))
    if is_late(draw, seed_known_at, now) and len(why_late.strip()) < SHORTEST_REASON:
        raise DrawTooLate(day=day_in_words(window.closes_on))
    if not seed_event.strip():
        raise SeedEventMissing
    if seed_known_at <= now:
        raise SeedNotInTheFuture


def is_late(draw: Draw, seed_known_at: datetime, now: datetime) -> bool:
    """Whether lessons drawn by that seed come after the last day that the year sets."""
    closes_on = rule_pack_of(draw.programme).draw.closes_on
    return bool(closes_on) and max(now, seed_known_at).astimezone(BEIJING).date() > closes_on


def _write_pool(draw: Draw, pool: Pool) -> bytes:
    codes = Codes(draw.code_key)
    copy_rows(
        "lessons_poolline",
        POOL_COLUMNS,
        [(draw.pk, *row.group, row.rung, row.code, row.outstanding_id) for row in pool.rows],
    )
    return pool_file(pool_line(codes, row) for row in pool.rows)


def _write_roster(draw: Draw, pool: Pool) -> bytes:
    codes, rules = Codes(draw.code_key), rules_of(rule_pack_of(draw.programme))
    rosters: dict[Group, list[Teacher]] = {}
    rows = []
    for user_id, group, school_id in roster_of(draw.programme):
        line = teacher_line(codes, rules, pool, user_id, group, school_id)
        rosters.setdefault(group, []).append(line)
        rows.append((draw.pk, user_id, line.code, *group, school_id, 0))
    if not rows:
        raise NothingToDraw
    copy_rows("lessons_rosterline", ROSTER_COLUMNS, rows)
    return roster_file(rosters)
