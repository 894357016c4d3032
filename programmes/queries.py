"""Reads that other rooms and apps ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programmes.models import Enrolment, Programme

if TYPE_CHECKING:
    from accounts.models import User


def current_programme() -> Programme | None:
    """The programme year that is under way. One query; its pack is read when first needed."""
    return Programme.objects.defer("rule_pack").filter(is_current=True).first()


def enrolment_of(user: User, programme: Programme) -> Enrolment | None:
    """The person's enrolment in the year, whatever its state, with school and programme."""
    found = Enrolment.objects.filter(user=user, programme=programme).select_related("school")
    enrolment = found.first()
    if enrolment is not None:
        enrolment.programme = programme
    return enrolment
