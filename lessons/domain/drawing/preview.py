"""What a draw would come to if it were announced now: exact, because no seed decides that."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lessons.domain.dealing.group import deal_group
from lessons.domain.dealing.report import group_report
from lessons.domain.dealing.shapes import Group, Teacher, root_of
from lessons.domain.drawing.codes import Codes
from lessons.domain.drawing.errors import DrawAnnounced
from lessons.domain.drawing.inputs import lesson_line, pool_of, roster_of, rules_of, teacher_line
from lessons.domain.drawing.storing import Report
from lessons.enums import DrawState
from lessons.models import Draw
from programmes.domain.rulepacks import rule_pack_of

COUNTING = gettext_noop("trying every stage and subject")


def preview_draw(draw_id: int, report: Report) -> dict[str, int]:
    """Deal every group on trial and keep, per group, the rung and who would get fewer.

    Neither the seed nor the codes decide how far a group gets, so this is what will be.
    Safe to repeat.

    Returns: groups, and those among them where something is wrong.
    Raises: DrawAnnounced.
    """
    draw = Draw.objects.select_related("programme").get(pk=draw_id)
    groups = []
    codes, rosters = Codes(draw.code_key), _rosters(draw)
    rules, pool = rules_of(rule_pack_of(draw.programme)), pool_of(draw.programme, codes)
    root = root_of("trial", "trial")
    for done, (group, people) in enumerate(sorted(rosters.items())):
        report(done, len(rosters), COUNTING)
        teachers: list[Teacher] = [
            teacher_line(codes, rules, pool, user, group, school) for user, school in people
        ]
        rows = pool.by_group.get(group, {}).values()
        lessons = [lesson_line(codes, rules, row) for row in rows]
        dealt = deal_group(root, group, rules, teachers, lessons)
        found = group_report(rules, dealt)
        groups.append({**found, "short": len(found["short"])})
    _keep(draw_id, groups)
    return {"groups": len(groups), "short": sum(group["short"] > 0 for group in groups)}


def _rosters(draw: Draw) -> dict[Group, list[tuple[int, int]]]:
    rosters: dict[Group, list[tuple[int, int]]] = {}
    for user_id, group, school_id in roster_of(draw.programme):
        rosters.setdefault(group, []).append((user_id, school_id))
    return rosters


@transaction.atomic
def _keep(draw_id: int, groups: list[dict]) -> None:
    draw = Draw.objects.select_for_update(no_key=True).get(pk=draw_id)
    if draw.state != DrawState.PREPARED:
        raise DrawAnnounced
    draw.statistics = {"groups": groups, "as_of": timezone.now().isoformat()}
    draw.save(update_fields=["statistics"])
