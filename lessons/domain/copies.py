"""Hints that two plans look alike: found by sketches, shown side by side, decided by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from core.domain.audit import record_act
from lessons.domain.sketches import RUN, bare, common_passages, share
from lessons.enums import HintKind, HintState
from lessons.errors import HintDecided, WhyMissing
from lessons.models import CopyHint, Material
from lessons.policy import ALIKE_PERCENT, HINTS_PER_PLAN, SHORTEST_REASON

if TYPE_CHECKING:
    from accounts.models import User

# Present plans of other teachers, of all years, that share at least so many numbers. The
# index over the sketches finds the candidates; only their numbers are counted.
ALIKE = """
SELECT m.id, count(*) AS shared
  FROM lessons_material m
  JOIN lessons_lesson l ON l.id = m.lesson_id
 CROSS JOIN LATERAL unnest(m.sketch) AS number
 WHERE m.sketch && %(sketch)s AND m.kind = 'plan' AND m.replaced_at IS NULL
   AND m.lesson_id <> %(lesson)s AND number = ANY(%(sketch)s)
 GROUP BY m.id HAVING count(*) >= %(least)s
 ORDER BY shared DESC, m.id LIMIT %(most)s
"""


def note_plan_copies(material: Material) -> int:
    """Note the plans of other lessons that look like ``material``. Safe to repeat.

    Returns: hints on record for it now. Source: R56.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            ALIKE,
            {
                "sketch": material.sketch,
                "lesson": material.lesson_id,
                "least": len(material.sketch) * ALIKE_PERCENT // 200,
                "most": HINTS_PER_PLAN * 2,
            },
        )
        keys = [key for key, _shared in cursor.fetchall()]
    found = 0
    for other in Material.objects.filter(pk__in=keys):
        percent = share(material.sketch, other.sketch)
        if percent >= ALIKE_PERCENT and found < HINTS_PER_PLAN:
            found += 1
            _note(material, other, percent)
    return found


def _note(material: Material, other: Material, percent: int) -> None:
    """The later lesson is the one to look at, so one pair gives one hint."""
    if (material.lesson_id, material.pk) < (other.lesson_id, other.pk):
        material, other = other, material
    here, there = bare(material.text), bare(other.text)
    places = common_passages(here, there)
    values = {
        "percent": percent,
        "here": [place_of_passage(here, one.here, one.length) for one in places],
        "there": [place_of_passage(there, one.there, one.length) for one in places],
    }
    key = {
        "kind": HintKind.PLAN,
        "lesson_id": material.lesson_id,
        "other_lesson_id": other.lesson_id,
        "review": None,
        "other_review": None,
    }
    hint, new = CopyHint.objects.get_or_create(**key, defaults=values)
    if not new and hint.state == HintState.OPEN:
        CopyHint.objects.filter(pk=hint.pk, state=HintState.OPEN).update(**values)


def place_of_passage(text: str, start: int, length: int) -> dict:
    """A passage with what stands around it, so that a reader can judge it."""
    around = RUN
    return {
        "before": text[max(0, start - around) : start],
        "text": text[start : start + length],
        "after": text[start + length : start + length + around],
    }


@transaction.atomic
def decide_hint(hint: CopyHint, *, confirmed: bool, why: str, by: User) -> CopyHint:
    """Say whether the two are copies. A confirmed hint bars nothing: a report does.

    Raises: WhyMissing; HintDecided when somebody was first.
    """
    if len(why.strip()) < SHORTEST_REASON:
        raise WhyMissing
    hint = CopyHint.objects.select_for_update(no_key=True).get(pk=hint.pk)
    if hint.state != HintState.OPEN:
        raise HintDecided
    hint.state = HintState.CONFIRMED if confirmed else HintState.DISMISSED
    hint.decided_by, hint.decided_at, hint.why = by, timezone.now(), why.strip()[:200]
    hint.save(update_fields=["state", "decided_by", "decided_at", "why"])
    record_act("copy_hint.decide", hint, by=by, to_state=hint.state, why=hint.why)
    return hint
