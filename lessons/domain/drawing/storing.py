"""The draw itself, as a job: published files in, a hand for everybody out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_noop

from core.domain.audit import record_act
from lessons.domain.dealing.files import (
    digest,
    json_file,
    read_pool,
    read_roster,
    read_rules,
    result_file,
)
from lessons.domain.dealing.group import deal_all
from lessons.domain.dealing.report import report_of
from lessons.domain.dealing.shapes import Dealt, root_of
from lessons.domain.drawing.announcing import publish
from lessons.domain.drawing.copying import copy_rows
from lessons.domain.drawing.errors import (
    DrawNotAnnounced,
    PublishedFileChanged,
    SeedNotConfirmed,
)
from lessons.enums import DrawState
from lessons.models import Draw, PoolLine, RosterLine

DEALING = gettext_noop("drawing the lessons, stage and subject by stage and subject")
STORING = gettext_noop("storing everybody's lessons")
CASES = ("draw_id", "user_id", "position", "lesson_id", "rung", "why_replaced")
MISSING = """
UPDATE lessons_rosterline line SET missing = short.missing
  FROM unnest(%(codes)s::text[], %(missing)s::smallint[]) AS short(code, missing)
 WHERE line.draw_id = %(draw)s AND line.code = short.code
"""

Report = Callable[[int, int, str], Any]


def deal_draw(draw_id: int, report: Report) -> dict[str, int]:
    """Deal every group from the announced files and store the result.

    Safe to repeat: a draw that is drawn is left alone. All or nothing.

    Returns: teachers and lessons given.
    Raises: DrawNotAnnounced; SeedNotConfirmed; PublishedFileChanged.
    Source: R9.
    """
    with transaction.atomic():
        draw = Draw.objects.select_for_update(no_key=True).get(pk=draw_id)
        if draw.state != DrawState.DRAWN:
            _require_seed(draw)
            dealt = list(_deal(draw, report))
            report(len(dealt), len(dealt), STORING)
            _store(draw, dealt)
            _publish_result(draw, dealt)
        return draw.statistics["sums"]


def announced(draw: Draw, field: FieldFile, name: str, sha256: str) -> bytes:
    """A published file, read back. Raises: PublishedFileChanged."""
    with field.open("rb") as stored:
        content = stored.read()
    if digest(content) != sha256:
        raise PublishedFileChanged(name=name)
    return content


def _require_seed(draw: Draw) -> None:
    if draw.state != DrawState.COMMITTED:
        raise DrawNotAnnounced
    if not draw.seed:
        raise SeedNotConfirmed


def _deal(draw: Draw, report: Report) -> Iterator[Dealt]:
    rules = read_rules(json_file(draw.rules))
    pools = read_pool(announced(draw, draw.pool, "pool.csv", draw.pool_sha256), rules)
    roster = announced(draw, draw.roster, "roster.csv", draw.roster_sha256)
    rosters = read_roster(roster)
    root = root_of(draw.commitment, draw.seed)
    for done, dealt in enumerate(deal_all(root, rules, rosters, pools)):
        report(done, len(rosters), DEALING)
        yield dealt


def _store(draw: Draw, dealt: list[Dealt]) -> None:
    """One COPY for all hands, one statement for those who got fewer."""
    copy_rows("lessons_caseassignment", CASES, _cases(draw, dealt))
    short = {
        teacher: hand.count(None)
        for one in dealt
        for teacher, hand in one.hands.items()
        if None in hand
    }
    values: dict[str, Any] = {
        "draw": draw.pk,
        "codes": list(short),
        "missing": list(short.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(MISSING, values)


def _cases(draw: Draw, dealt: Iterable[Dealt]) -> Iterator[tuple]:
    """The rows of all hands. What is read for them is read before the first is yielded."""
    people = dict(RosterLine.objects.filter(draw=draw).values_list("code", "user_id"))
    pool: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}
    lines = PoolLine.objects.filter(draw=draw)
    for stage, subject, code, lesson, rung in lines.values_list(
        "stage", "subject", "code", "lesson_id", "rung"
    ):
        pool.setdefault((stage, subject), {})[code] = (lesson, rung)
    return (
        (draw.pk, people[teacher], position, *pool[one.group][code], "")
        for one in dealt
        for teacher, hand in one.hands.items()
        for position, code in enumerate(hand, 1)
        if code is not None
    )


def _publish_result(draw: Draw, dealt: list[Dealt]) -> None:
    hands = [(one.group, teacher, hand) for one in dealt for teacher, hand in one.hands.items()]
    groups = report_of(read_rules(json_file(draw.rules)), dealt)
    draw.result_sha256 = publish(draw, draw.result, "result.csv", result_file(hands))
    draw.report_sha256 = publish(draw, draw.report, "report.json", json_file(groups))
    draw.statistics = {"groups": [_counted(group) for group in groups], "sums": _sums(groups)}
    draw.state, draw.drawn_at = DrawState.DRAWN, timezone.now()
    draw.save()
    record_act(
        "draw.deal",
        draw,
        by=draw.drawn_by,
        from_state=DrawState.COMMITTED,
        to_state=DrawState.DRAWN,
        why=draw.result_sha256,
    )


def _counted(group: dict) -> dict:
    """A group's report for the pages: how many got fewer, not who."""
    return {**group, "short": len(group["short"])}


def _sums(groups: list[dict]) -> dict[str, int]:
    return {
        "groups": len(groups),
        "teachers": sum(group["teachers"] for group in groups),
        "short": sum(len(group["short"]) for group in groups),
    }
