"""Telling hosts of what concerns their shifts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from notifications.domain.notify import notify
from workshops.models import DutyShift, Host
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from datetime import datetime


def tell(people: Iterable[int | None], what: str, shift: DutyShift, key: str, **words: str) -> None:
    """A notice that leads to the rota; once per key."""
    shown = {"workshop": title_of(shift.workshop), "when": moment_of(shift.starts_at)} | words
    url = reverse("workshops:duty", args=[shift.workshop_id])
    told = {user for user in people if user is not None}
    notify(told, f"workshops.{what}", shown, url, key=f"workshops.{what}:{key}")


def moment_of(at: datetime) -> str:
    """2017-06-15 19:00; read in either language."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def hosts_beside(workshop: int, *, but: int | None) -> set[int]:
    """Today's hosts of a main workshop, all but one."""
    rows = Host.objects.current().filter(workshop=workshop)
    return set(rows.values_list("user", flat=True)) - {but}
