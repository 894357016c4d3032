"""When a phase of the year is open, for whom, and who let it end later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain.audit import record_act
from core.errors import DomainError
from organisations.models import Organisation
from organisations.queries import keys_of_path, stands_above_sql
from programmes.enums import PhaseKey
from programmes.models import Phase, PhaseExtension, Programme

BEIJING = ZoneInfo("Asia/Shanghai")


class PhaseClosed(DomainError):
    message = _("“%(phase)s” is not open: %(when)s. Ask your administrator if you need more time.")


class ExtensionNotLater(DomainError):
    message = _("The new last day must be after %(day)s, the last day that holds now.")


class ExtensionWithoutEnd(DomainError):
    message = _("“%(phase)s” has no last day, so there is nothing to extend.")


@dataclass(frozen=True)
class Window:
    """From the moment a phase opens until the moment it is over.

    ``closes_at`` is the first moment that is too late: 24:00 of the last day. None on a side
    means no beginning, or open for good. ``is_set`` is False while the year has no days.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    is_set: bool = True
    extended: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day on which something can be done."""
        if self.closes_at is None:
            return None
        return (self.closes_at - timedelta(seconds=1)).astimezone(BEIJING).date()

    def contains(self, at: datetime) -> bool:
        return self.is_set and not self.is_before(at) and not self.is_over(at)

    def is_before(self, at: datetime) -> bool:
        """Whether ``at`` is before the opening."""
        return self.opens_at is not None and at < self.opens_at

    def is_over(self, at: datetime) -> bool:
        return self.closes_at is not None and at >= self.closes_at


NOT_SET = Window(None, None, is_set=False)


def phase_window(
    programme: Programme, key: str, organisation: Organisation | None = None
) -> Window:
    """The window as it holds for ``organisation``: the latest extension granted to it, to
    anything above it or to the unit acting as its county counts. One query.

    Source: R12, R16, R17, R28, A6.
    """
    return phase_windows(programme, organisation, keys=[key]).get(key, NOT_SET)


WINDOWS = """
    SELECT phase.key, phase.opens_on, phase.closes_on, max(extension.closes_on)
      FROM programmes_phase phase
      LEFT JOIN programmes_phaseextension extension
        ON extension.phase_id = phase.id AND extension.organisation_id = ANY (%(chain)s::bigint[])
     WHERE phase.programme_id = %(programme)s
       AND (%(keys)s::text[] IS NULL OR phase.key = ANY (%(keys)s::text[]))
     GROUP BY phase.id
"""


def phase_windows(
    programme: Programme,
    organisation: Organisation | None = None,
    keys: Sequence[str] | None = None,
) -> dict[str, Window]:
    """All windows of the year that have days, in the order of the year. One query."""
    values: dict[str, Any] = {
        "programme": programme.pk,
        "chain": _chain(organisation) if organisation else [],
        "keys": None if keys is None else [str(key) for key in keys],
    }
    with connection.cursor() as cursor:
        cursor.execute(WINDOWS, values)
        found = {key: _window(*days) for key, *days in cursor}
    return {key: found[key] for key in PhaseKey.values if key in found}


def _chain(organisation: Organisation) -> list[int]:
    """Keys of the organisation, all above it, and the unit acting as its county (A15)."""
    chain = keys_of_path(organisation.path)
    acting = organisation.acting_county_id
    return [*chain, acting] if acting else chain


def is_open(
    programme: Programme,
    key: str,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> bool:
    return phase_window(programme, key, organisation).contains(at or timezone.now())


def require_open(
    programme: Programme,
    key: str,
    organisation: Organisation | None = None,
    at: datetime | None = None,
) -> Window:
    """The window, when it is open.

    Raises: PhaseClosed, saying when it opens or when it closed.
    """
    at = at or timezone.now()
    window = phase_window(programme, key, organisation)
    if not window.contains(at):
        raise PhaseClosed(phase=PhaseKey(key).label, when=_when(window, at))
    return window


def last_day_sql(phase: str, organisation: str) -> str:
    """A SQL expression: the last day of ``phase`` as it holds for ``organisation``.

    Both are aliases written in the code, of ``programmes_phase`` and of
    ``organisations_organisation``; NULL where the phase is open for good. The same rule as
    ``phase_window``, for statements over whole sets.
    """
    return f"""greatest({phase}.closes_on, CASE WHEN {phase}.closes_on IS NOT NULL THEN (
        SELECT max(later.closes_on)
          FROM programmes_phaseextension later
          JOIN organisations_organisation unit ON unit.id = later.organisation_id
         WHERE later.phase_id = {phase}.id
           AND {stands_above_sql("unit", organisation)}) END)"""  # noqa: S608 - aliases


@transaction.atomic
def extend_phase(
    phase: Phase, organisation: Organisation, closes_on: date, *, by: User, reason: str
) -> PhaseExtension:
    """Let ``phase`` end later for ``organisation`` and everything below it.

    A second extension of the same organisation replaces the first; both stay in the audit.

    Raises: ExtensionWithoutEnd; ExtensionNotLater when the day gives no more time.
    """
    phase = Phase.objects.select_for_update(no_key=True).get(pk=phase.pk)
    last_day = phase_window(phase.programme, phase.key, organisation).last_day
    if last_day is None:
        raise ExtensionWithoutEnd(phase=phase)
    if closes_on <= last_day:
        raise ExtensionNotLater(day=date_format(last_day, "DATE_FORMAT"))
    extension, _created = PhaseExtension.objects.update_or_create(
        phase=phase,
        organisation=organisation,
        defaults={"closes_on": closes_on, "reason": reason, "granted_by": by},
    )
    record_act(
        "extend_phase",
        extension,
        by=by,
        from_state=f"{phase.key} {last_day}",
        to_state=str(closes_on),
        why=reason,
    )
    return extension


@transaction.atomic
def set_phase(
    programme: Programme, key: str, opens_on: date | None, closes_on: date | None, *, by, reason
) -> Phase:
    """Set the days of a phase for the whole province, with the reason in the audit."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    before = programme.phases.filter(key=key).first()
    phase, _created = Phase.objects.update_or_create(
        programme=programme, key=key, defaults={"opens_on": opens_on, "closes_on": closes_on}
    )
    record_act(
        "set_phase",
        phase,
        by=by,
        from_state=f"{before.opens_on} {before.closes_on}" if before else "",
        to_state=f"{opens_on} {closes_on}",
        why=reason,
    )
    return phase


def _window(opens_on: date | None, closes_on: date | None, extended_to: date | None) -> Window:
    extended = extended_to is not None and closes_on is not None and extended_to > closes_on
    if extended:
        closes_on = extended_to
    return Window(
        opens_at=_midnight(opens_on),
        closes_at=_midnight(closes_on + timedelta(days=1)) if closes_on else None,
        extended=extended,
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=BEIJING) if day else None


def _when(window: Window, at: datetime) -> str:
    if not window.is_set:
        return str(_("its days are not set yet"))
    if window.opens_at and window.is_before(at):
        day = date_format(window.opens_at.astimezone(BEIJING), "DATE_FORMAT")
        return str(_("it opens on %(day)s") % {"day": day})
    return str(_("it closed on %(day)s") % {"day": date_format(window.last_day, "DATE_FORMAT")})
