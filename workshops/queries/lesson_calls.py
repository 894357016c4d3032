"""Reads of calls: whose host is nearest, what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from organisations.queries import keys_of_path
from workshops.models import Host, LessonCall, Workshop

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme


def nearest_hosted(
    programme: Programme, school: Organisation, stage: str, subject: str
) -> Workshop | None:
    """The open main workshop of the stage and subject nearest above the school that has a host
    today. A city-run school goes to the unit acting as its county (A15). One query."""
    units = {*keys_of_path(school.path), school.acting_county_id or 0}
    hosted = Exists(Host.objects.current().filter(workshop=OuterRef("pk")))
    rows = Workshop.objects.with_place().open().filter(hosted)
    rows = rows.filter(programme=programme, stage=stage, subject=subject, number=1)
    return rows.filter(organisation__in=units).order_by("-organisation__level").first()


def calls_for(user: User, show: str = "") -> QuerySet[LessonCall]:
    """What one may see, the latest first. ``show``: "open" or "mine" (asked or accepted)."""
    rows = LessonCall.objects.visible_to(user).select_related(
        "school", "host", "programme", "workshop__organisation"
    )
    if show == "open":
        rows = rows.filter(state__in=["asked", "accepted"])
    elif show == "mine":
        rows = rows.filter(Q(asked_by=user) | Q(host=user))
    return rows.defer("programme__rule_pack").order_by("-pk")
