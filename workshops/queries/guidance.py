"""A family's guidance plan: its versions, and what was planned beside what took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workshops.models import ActivityOutcome, GuidanceActivity, GuidancePlan

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class ActivityLine:
    """An activity with its outcome, if somebody noted one."""

    activity: GuidanceActivity
    outcome: ActivityOutcome | None
    today: date

    @property
    def took_place(self) -> bool:
        return self.outcome is not None and self.outcome.took_place_on is not None

    @property
    def fell_through(self) -> bool:
        return self.outcome is not None and self.outcome.took_place_on is None

    @property
    def is_due(self) -> bool:
        """Its day is over and nobody has said what came of it."""
        return self.outcome is None and self.activity.on < self.today


def newest_version(main: int) -> GuidancePlan | None:
    """The version that holds, of the main workshop with that key. One query."""
    return versions_of(main).first()


def versions_of(main: int):
    """Published versions, the newest first, with their authors."""
    rows = GuidancePlan.objects.published().filter(workshop=main)
    return rows.select_related("written_by").order_by("-number")


def draft_of_plan(main: int) -> GuidancePlan | None:
    return GuidancePlan.objects.filter(workshop=main, number=None).first()


def activity_lines(plan: GuidancePlan, today: date) -> list[ActivityLine]:
    """The activities of a version by their days, with what came of them. Two queries."""
    activities = list(plan.activities.order_by("on", "position"))
    rows = ActivityOutcome.objects.filter(
        workshop=plan.workshop_id, key__in=[one.key for one in activities]
    )
    outcomes: dict[UUID, ActivityOutcome] = {one.key: one for one in rows}
    return [ActivityLine(one, outcomes.get(one.key), today) for one in activities]
