"""The seed: looked up by two officers, each on their own, once the announced event is over."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from core.domain.jobs import start_job
from core.models import Job, JobState
from core.models.job import JobQuerySet
from core.wording import moment
from lessons.domain.drawing.errors import (
    DrawNotAnnounced,
    SeedBySamePerson,
    SeedConfirmed,
    SeedEmpty,
    SeedTooEarly,
)
from lessons.enums import DrawState
from lessons.models import Draw

if TYPE_CHECKING:
    from accounts.models import User

DEAL = "lessons.deal"


def plain_seed(text: str) -> str:
    """One spelling of an outcome: half-width characters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True)
class Entered:
    """What an entry of the seed led to.

    ``job`` draws once two officers agree. ``differs_from`` names the officer whose entry was
    another one and no longer stands.
    """

    job: Job | None = None
    differs_from: str = ""


@transaction.atomic
def enter_seed(draw_id: int, text: str, *, by: User, now: datetime | None = None) -> Entered:
    """Enter the seed; once two officers in a row have entered the same, the draw begins.

    The latest entry stands until another person enters the same, so a slip of either is
    mended by entering again. Of two officers who confirm at once both get the same job.

    Raises: DrawNotAnnounced; SeedTooEarly; SeedEmpty; SeedBySamePerson; SeedConfirmed.
    """
    draw = Draw.objects.select_for_update(no_key=True).get(pk=draw_id)
    seed, now = plain_seed(text), now or timezone.now()
    _check(draw, seed, now, by)
    if draw.seed:
        return Entered(deal_job(draw, by=by))
    before, someone_else = draw.seed_entered, draw.seed_entered_by_id not in (None, by.pk)
    if someone_else and before == seed:
        draw.seed, draw.drawn_by = seed, by
        draw.save(update_fields=["seed", "drawn_by"])
        record_act("draw.confirm_seed", draw, by=by, why=seed)
        return Entered(deal_job(draw, by=by))
    differs_from = str(draw.seed_entered_by) if someone_else else ""
    draw.seed_entered, draw.seed_entered_by, draw.seed_entered_at = seed, by, now
    draw.save(update_fields=["seed_entered", "seed_entered_by", "seed_entered_at"])
    record_act("draw.enter_seed", draw, by=by, why=seed)
    return Entered(differs_from=differs_from)


def deal_job(draw: Draw, *, by: User) -> Job:
    """The one job that deals this draw; another one where the last one was refused.

    Call it while the draw's row is locked.
    """
    refused = deal_jobs(draw).filter(state=JobState.FAILED).count()
    return start_job(DEAL, {"draw": draw.pk}, by=by, key=f"{DEAL}:{draw.pk}:{refused}")


def deal_jobs(draw: Draw) -> JobQuerySet:
    return Job.objects.filter(kind=DEAL, key__startswith=f"{DEAL}:{draw.pk}:")


def _check(draw: Draw, seed: str, now: datetime, by: User) -> None:
    if draw.state == DrawState.PREPARED:
        raise DrawNotAnnounced
    if now < draw.seed_known_at:
        raise SeedTooEarly(moment=moment(draw.seed_known_at))
    if not seed:
        raise SeedEmpty
    if draw.seed and draw.seed != seed:
        raise SeedConfirmed
    if not draw.seed and draw.seed_entered == seed and draw.seed_entered_by_id == by.pk:
        raise SeedBySamePerson
