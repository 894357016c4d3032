"""The guidance plan of a family: written as a draft, published as versions, compared with life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from notifications.domain.notify import notify_select
from workshops.domain.seats import lock_family
from workshops.errors.guidance import (
    ActivityUnknown,
    OutcomeFromSeminar,
    OutcomeUnclear,
    PlanUnfinished,
    TooManyActivities,
)
from workshops.errors.talk import ChangedMeanwhile
from workshops.models import (
    ActivityGathering,
    ActivityOutcome,
    GuidanceActivity,
    GuidancePlan,
    Workshop,
)
from workshops.policy import PLAN_ACTIVITIES
from workshops.queries.guidance import newest_version
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User

# Who sits in a family or hosts it today.
FAMILY = """
SELECT DISTINCT told.user_id, jsonb_build_object('workshop', %(title)s::text) AS parameters,
       %(url)s AS url, %(key)s AS key
  FROM (SELECT held.teacher_id AS user_id FROM workshops_membership held
          JOIN workshops_workshop room ON room.id = held.workshop_id
         WHERE held.left_at IS NULL
           AND (room.id = %(main)s OR room.parent_id = %(main)s AND room.number > 1)
        UNION
        SELECT user_id FROM workshops_host
         WHERE workshop_id = %(main)s AND ended_at IS NULL AND starts_on <= %(today)s
           AND (ends_on IS NULL OR ends_on >= %(today)s)) told
 WHERE told.user_id <> %(author)s
"""


@dataclass(frozen=True)
class Entry:
    """One activity as it was entered; ``key`` is None for a new one."""

    title: str
    mode: str
    on: date
    leader: str = ""
    key: UUID | None = None


@transaction.atomic
def save_plan(
    workshop: Workshop, *, aims: str, activities: Sequence[Entry], saves: int, by: User
) -> GuidancePlan:
    """Keep the draft of the next version. What is published stays as it is.

    ``saves``: how often the draft had been saved when the form was made, 0 without a draft.

    Raises: TooManyActivities; ChangedMeanwhile when another host saved in the meantime.
    Source: R38.
    """
    if len(activities) > PLAN_ACTIVITIES:
        raise TooManyActivities(most=PLAN_ACTIVITIES)
    main = lock_family(workshop)
    draft = GuidancePlan.objects.filter(workshop=main, number=None).first()
    if (draft.saves if draft else 0) != saves:
        raise ChangedMeanwhile
    draft = draft or GuidancePlan(workshop=main)
    draft.aims, draft.saves = aims.replace("\x00", "").strip(), saves + 1
    draft.written_by, draft.written_at = by, timezone.now()
    draft.save()
    draft.activities.all().delete()
    GuidanceActivity.objects.bulk_create(
        _activity(draft, position, one) for position, one in enumerate(activities, 1)
    )
    return draft


@transaction.atomic
def publish_plan(workshop: Workshop, *, by: User) -> GuidancePlan:
    """Give the draft its number; everybody of the family is told and may read it.

    Raises: PlanUnfinished without a draft, aims or an activity.
    Source: R38.
    """
    main = lock_family(workshop)
    draft = GuidancePlan.objects.filter(workshop=main, number=None).first()
    if draft is None or not draft.aims or not draft.activities.exists():
        raise PlanUnfinished
    last = GuidancePlan.objects.filter(workshop=main).aggregate(last=Max("number"))["last"]
    draft.number, draft.published_at, draft.written_by = (last or 0) + 1, timezone.now(), by
    draft.save(update_fields=["number", "published_at", "written_by"])
    record_act("workshops.publish_plan", draft, by=by, to_state=str(draft.number))
    values = {
        "main": main.pk,
        "title": title_of(Workshop.objects.with_place().get(pk=main.pk)),
        "url": reverse("workshops:guidance", args=[main.pk]),
        "key": f"workshops.guidance:{draft.pk}",
        "today": timezone.localdate(),
        "author": by.pk,
    }
    notify_select(FAMILY, values, "workshops.guidance")
    return draft


@transaction.atomic
def note_outcome(
    workshop: Workshop, key: UUID, *, took_place_on: date | None, note: str, by: User
) -> ActivityOutcome:
    """Say what came of an activity of the newest version; may be said again. Safe to repeat.

    Raises: ActivityUnknown; OutcomeUnclear without a day and without a reason;
    OutcomeFromSeminar while a seminar carries it out.
    Source: R38.
    """
    note = note.replace("\x00", "").strip()[:200]
    if took_place_on is None and not note:
        raise OutcomeUnclear
    main = lock_family(workshop)
    plan = newest_version(main.pk)
    if plan is None or not plan.activities.filter(key=key).exists():
        raise ActivityUnknown
    if ActivityGathering.objects.filter(workshop=main, key=key).exists():
        raise OutcomeFromSeminar
    values = {"took_place_on": took_place_on, "note": note, "noted_by": by}
    stamp = {"noted_at": timezone.now()}
    outcome, _created = ActivityOutcome.objects.update_or_create(
        workshop=main, key=key, defaults=values | stamp
    )
    record_act("workshops.note_outcome", outcome, by=by, to_state=str(took_place_on), why=note)
    return outcome


def _activity(draft: GuidancePlan, position: int, entry: Entry) -> GuidanceActivity:
    made = GuidanceActivity(
        plan=draft,
        position=position,
        title=entry.title.replace("\x00", ""),
        mode=entry.mode,
        on=entry.on,
        leader=entry.leader.replace("\x00", ""),
    )
    if entry.key is not None:
        made.key = entry.key
    return made
