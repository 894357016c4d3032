"""Supplements: the published rule once more, for those who came later or must give back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from lessons.domain.dealing.files import digest, given_file, link, result_file
from lessons.domain.dealing.later import Hand, supplement
from lessons.domain.dealing.shapes import root_of
from lessons.domain.drawing.codes import Codes
from lessons.domain.drawing.errors import DrawNotDrawn
from lessons.domain.drawing.inputs import pool_line
from lessons.domain.drawing.lines import follow_pools, follow_roster, replace_cases, tell
from lessons.domain.drawing.news import News, news_of
from lessons.enums import DrawState
from lessons.models import Draw, DrawSupplement

if TYPE_CHECKING:
    from accounts.models import User


def chain_head(draw: Draw) -> tuple[int, str]:
    """How many supplements there are, and the link that the next one follows."""
    last = draw.supplements.order_by("-number").first()
    if last is None:
        return 0, link(draw.commitment, digest(draw.seed.encode()), draw.result_sha256)
    return last.number, link(last.previous_sha256, last.given_sha256, last.result_sha256)


@transaction.atomic
def make_supplement(
    draw_id: int, *, by: User | None, now: datetime | None = None
) -> DrawSupplement | None:
    """Deal those who joined, were corrected, are short, or hold a lesson that is gone.

    Nobody else's lessons are touched, and whoever reviewed a lesson keeps it. Safe to repeat:
    without news nothing is made. The draw's row stays locked, so supplements follow one
    another.

    Raises: DrawNotDrawn.
    Source: R9, R11, A4.
    """
    now = now or timezone.now()
    draw = Draw.objects.select_for_update(no_key=True).get(pk=draw_id)
    if draw.state != DrawState.DRAWN:
        raise DrawNotDrawn
    made, head = chain_head(draw)
    news = news_of(draw, made + 1, head)
    root = root_of(draw.commitment, draw.seed)
    hands = supplement(root, news.rules, news.state, news.given)
    changed = {code: hand for code, hand in hands.items() if hand != news.people[code].hand}
    news.given.requests = [one for one in news.given.requests if one.teacher.code in changed]
    record = None
    if changed or news.given.added or news.given.withdrawn:
        record = _publish(draw, news, changed)
        follow_pools(draw, news, now)
        replace_cases(draw, news, changed, record, now)
        record_act("draw.supplement", record, by=by, to_state=str(record.number))
    follow_roster(draw, news, hands)
    if changed:
        tell(news, changed)
    return record


def supplement_current() -> DrawSupplement | None:
    """The supplement of the year that is under way, if its lessons are drawn. Safe to repeat."""
    draw = Draw.objects.filter(programme__is_current=True, state=DrawState.DRAWN).first()
    return make_supplement(draw.pk, by=None) if draw is not None else None


def _publish(draw: Draw, news: News, changed: dict[str, Hand]) -> DrawSupplement:
    number, codes = news.given.number, Codes(draw.code_key)
    given = given_file(news.given, [pool_line(codes, row) for row in news.added])
    result = result_file((news.people[code].group, code, hand) for code, hand in changed.items())
    record = DrawSupplement(
        draw=draw,
        number=number,
        given_sha256=digest(given),
        previous_sha256=news.given.previous,
        result_sha256=digest(result),
        statistics={
            "teachers": len(changed),
            "short": sum(None in hand for hand in changed.values()),
            "added": len(news.given.added),
            "withdrawn": len(news.given.withdrawn),
        },
    )
    name = f"{draw.programme.code}/supplement-{number:03d}"
    record.given.save(f"{name}-given.csv", ContentFile(given), save=False)
    record.result.save(f"{name}-result.csv", ContentFile(result), save=False)
    record.save()
    return record
