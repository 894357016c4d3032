from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from lessons.models import NationalLesson
from programmes.domain.rulepack import Subject
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import Stage
from programmes.models import Programme
from videos.enums import VideoState


@dataclass(frozen=True)
class NationalOffer:
    """What one stage and subject is offered; ``ready`` of the lessons can be played."""

    stage: Stage
    subject: Subject
    lessons: int
    ready: int
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.ready)


def national_offer(programme: Programme) -> list[NationalOffer]:
    """Every stage and subject of the year with its national lessons. One query (R8, R23-R26)."""
    pack = rule_pack_of(programme)
    rows = (
        NationalLesson.objects.filter(programme=programme, withdrawn_at=None)
        .values_list("stage", "subject")
        .annotate(Count("pk"), ready=Count("pk", filter=Q(video__state=VideoState.READY)))
        .order_by()
    )
    counted = {(stage, subject): (lessons, ready) for stage, subject, lessons, ready in rows}
    return [
        NationalOffer(
            Stage(stage),
            subject,
            *counted.get((stage, subject.key), (0, 0)),
            needed=pack.national_lessons.offered,
        )
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
    ]
