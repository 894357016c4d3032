"""What a programme year asks of a person, and how much of it the ledger holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from core.rows import Columns, rows_of
from credits.models import LedgerEntry
from programmes.domain.phases import phase_window
from programmes.domain.rulepack import Part
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey
from programmes.queries import enrolment_of

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

ZERO = Decimal(0)
LINE = Columns(LedgerEntry, "line")
LINES = f"""
SELECT {LINE} FROM credits_ledgerentry line
 WHERE line.user_id = %s AND line.programme_id = %s ORDER BY line.seq
"""  # noqa: S608 - names of this product's own columns


@dataclass(frozen=True)
class PartState:
    """One part of the requirement. Units: class hours.

    ``earned`` is what was earned in time and not taken back; ``late`` what was earned after
    the registration window and therefore counts for nothing (R17). Hours above the need are
    kept as ``surplus`` and never repay another part (R13).
    """

    part: Part
    earned: Decimal
    late: Decimal = ZERO

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def title(self) -> str:
        return self.part.title

    @property
    def short(self) -> str:
        return self.part.short

    @property
    def category(self) -> str:
        return self.part.category

    @property
    def needed(self) -> Decimal:
        return self.part.class_hours

    @property
    def counted(self) -> Decimal:
        return min(self.earned, self.needed)

    @property
    def surplus(self) -> Decimal:
        return self.earned - self.counted

    @property
    def missing(self) -> Decimal:
        return self.needed - self.counted

    @property
    def complete(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class Requirement:
    """All parts together. A sum is the sum of what counts, so surplus never hides a gap."""

    parts: list[PartState]
    closes_at: datetime | None

    @property
    def earned(self) -> Decimal:
        return sum((part.counted for part in self.parts), ZERO)

    @property
    def needed(self) -> Decimal:
        return sum((part.needed for part in self.parts), ZERO)

    @property
    def missing(self) -> Decimal:
        return self.needed - self.earned

    @property
    def complete(self) -> bool:
        return all(part.complete for part in self.parts)

    def earned_in(self, category: str) -> Decimal:
        return sum((part.counted for part in self.parts if part.category == category), ZERO)

    def needed_in(self, category: str) -> Decimal:
        return sum((part.needed for part in self.parts if part.category == category), ZERO)


def requirement_of(user: User, programme: Programme) -> Requirement:
    """What ``programme`` asks of ``user`` and what is missing.

    The numbers are those of ``queries.completion_rows``.

    Units: class hours. Source: R2, R7, R13, R17.
    """
    return requirement_from(ledger_lines(user, programme), user, programme)


def ledger_lines(user: User, programme: Programme) -> list[LedgerEntry]:
    """All lines of a person in ``programme`` in the order of their chain."""
    return [LINE.read(row) for row in rows_of(LINES, [user.pk, programme.pk])]


def requirement_from(lines: Iterable[LedgerEntry], user: User, programme: Programme) -> Requirement:
    """As ``requirement_of``, over lines that were read already."""
    enrolment = enrolment_of(user, programme)
    school = enrolment.school if enrolment else user.school
    closes_at = phase_window(programme, PhaseKey.CREDIT_REGISTRATION, school).closes_at
    return requirement_until(closes_at, lines, programme)


def requirement_until(
    closes_at: datetime | None, lines: Iterable[LedgerEntry], programme: Programme
) -> Requirement:
    """As ``requirement_from``, by the end of a registration window that is known already."""
    lines = list(lines)
    gone = {line.reverses_id for line in lines if line.reverses_id}
    earned: dict[str, Decimal] = {}
    late: dict[str, Decimal] = {}
    for line in lines:
        if line.reverses_id is None and line.pk not in gone:
            sums = earned if closes_at is None or line.earned_at < closes_at else late
            sums[line.part] = sums.get(line.part, ZERO) + line.class_hours
    return Requirement(
        parts=[
            PartState(part, earned.get(part.key, ZERO), late.get(part.key, ZERO))
            for part in rule_pack_of(programme).parts
        ],
        closes_at=closes_at,
    )
