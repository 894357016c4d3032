"""Rule packs: from the year's file into a programme, and from a programme into types."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.domain.audit import record_act
from core.errors import DomainError
from programmes.domain.rulepack import RulePack
from programmes.domain.rulepack_lint import lint_rule_pack, rule_pack_findings
from programmes.domain.rulepack_parsing import parse_rule_pack, phase_dates
from programmes.models import Phase, Programme

__all__ = [
    "RulePackFaulty",
    "RulePackUnknown",
    "lint_rule_pack",
    "load_programme",
    "parse_rule_pack",
    "read_rule_pack",
    "rule_pack_codes",
    "rule_pack_findings",
    "rule_pack_of",
    "shift_rule_pack",
]

FOLDER = Path(__file__).resolve().parent.parent / "rulepacks"


class RulePackUnknown(DomainError):
    message = _("There is no rule pack %(code)s. Choose one of: %(known)s.")


class RulePackFaulty(DomainError):
    message = _("The rule pack %(code)s cannot be loaded. %(faults)s")


def rule_pack_codes() -> list[str]:
    """The codes of all packs that ship with the product, oldest first."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_rule_pack(code: str) -> dict[str, Any]:
    """The data of a year's file, as it is stored in ``Programme.rule_pack``.

    Raises: RulePackUnknown when no file has this code.
    """
    if code not in rule_pack_codes():
        raise RulePackUnknown(code=code, known=", ".join(rule_pack_codes()))
    text = (FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    return _storable(tomllib.loads(text, parse_float=Decimal))


def rule_pack_of(programme: Programme) -> RulePack:
    """The programme's rules. Parsed once per process and stored version; costs no query.

    A programme whose ``rule_pack`` was deferred reads it the first time only.
    """
    if programme.pk is None:
        return parse_rule_pack(programme.rule_pack)
    version = (programme.pk, programme.rule_pack_hash)
    if version not in _parsed:
        if len(_parsed) > 64:  # many versions live in tests only
            _parsed.clear()
        _parsed[version] = parse_rule_pack(programme.rule_pack)
    return _parsed[version]


_parsed: dict[tuple[int, str], RulePack] = {}


@transaction.atomic
def load_programme(
    code: str, *, shift_to: date | None = None, make_current: bool | None = None, by=None
) -> Programme:
    """Write the year's pack and its phases. Safe to repeat: the same programme is updated.

    With ``shift_to`` the windows lie around that day, so that everything can be tried then.
    ``make_current`` None: the first programme loaded becomes the current one.

    Raises: RulePackUnknown; RulePackFaulty when the pack has a fault that nobody accepted.
    """
    data = read_rule_pack(code)
    if shift_to is not None:
        data = shift_rule_pack(data, shift_to)
    if faults := lint_rule_pack(data):
        raise RulePackFaulty(code=code, faults=" ".join(faults))
    if make_current is None:
        make_current = not Programme.objects.filter(is_current=True).exclude(code=code).exists()
    if make_current:
        Programme.objects.filter(is_current=True).exclude(code=code).update(is_current=False)
    names = {"year": data["year"]}
    programme, created = Programme.objects.update_or_create(
        code=code,
        defaults={
            "year": data["year"],
            "name_zh": data["name_zh"].format(**names),
            "name_en": data["name_en"].format(**names),
            "rule_pack": data,
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"],
            "is_current": make_current,
        },
    )
    programme.refresh_from_db()
    _write_phases(programme, data)
    record_act("load_programme", programme, by=by, to_state="new" if created else "updated")
    return programme


def shift_rule_pack(data: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The pack with its windows moved around ``day``, by the offsets of its ``demo`` table."""
    windows = {
        key: {side: (day + timedelta(days=offset)).isoformat() for side, offset in row.items()}
        for key, row in data["demo"].items()
    }
    draw = windows.pop("draw")
    known = [row for window in (*windows.values(), draw) for row in window.values()]
    return {
        **data,
        "year": day.year,
        "phases": windows,
        "draw": {**data["draw"], "opens_on": draw["opens"], "closes_on": draw["closes"]},
        "starts_on": min(known),
        "ends_on": max(known),
        "shifted_to": day.isoformat(),
        "unknown": {key: row for key, row in data.get("unknown", {}).items() if key != "phases"},
    }


def _write_phases(programme: Programme, data: Mapping[str, Any]) -> None:
    dates = {key: phase_dates(row) for key, row in data.get("phases", {}).items()}
    Phase.objects.bulk_create(
        [Phase(programme=programme, key=key, **vars(row)) for key, row in dates.items()],
        update_conflicts=True,
        unique_fields=["programme", "key"],
        update_fields=["opens_on", "closes_on"],
    )
    programme.phases.exclude(key__in=dates).filter(extensions=None).delete()


def _storable(value: Any) -> Any:
    """TOML's dates and decimals as the text that JSON can hold."""
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
