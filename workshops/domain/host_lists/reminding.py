"""The day by which lists are wanted, and reminding those who have not sent theirs (R35)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.domain.audit import record_act
from core.wording import day
from notifications.domain.notify import notify
from organisations.models import Organisation
from programmes.models import Programme
from workshops.domain.host_lists.filing import officers_of
from workshops.errors.guidance import NoLastDay
from workshops.models import ListDay
from workshops.queries.host_lists import narrowed, units_with_lists

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def set_last_day(programme: Programme, last_day: date, *, by: User) -> ListDay:
    """The province says by when it wants the lists; later ones are still taken, and shown late."""
    values = {"last_day": last_day, "set_by": by, "set_at": timezone.now()}
    found, _new = ListDay.objects.update_or_create(programme=programme, defaults=values)
    record_act("workshops.list_day", found, by=by, to_state=last_day.isoformat())
    return found


@transaction.atomic
def remind_units(programme: Programme, organisation: Organisation, *, by: User) -> int:
    """Tell the offices below whose list is missing. Safe to repeat: once per person and day.

    Returns: persons told now.
    Raises: NoLastDay.
    """
    found = ListDay.objects.filter(programme=programme).first()
    if found is None:
        raise NoLastDay
    missing = narrowed(units_with_lists(programme, organisation), "missing")
    told = notify(
        officers_of(missing.values_list("pk", flat=True)),
        "workshops.list_due",
        {"day": day(found.last_day)},
        reverse("workshops:host_lists"),
        key=f"workshops.list_due:{programme.pk}:{timezone.localdate()}",
    )
    if told:
        record_act("workshops.remind_lists", organisation, by=by, to_state=str(told))
    return told
