"""Cells as typed, brought into the one spelling that the checks compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from bureau.domain.kinds import Choice
from bureau.domain.workbook.sheet import Number

EXCEL_EPOCH = date(1899, 12, 30)
EXACT_DIGITS = 15  # Excel keeps no more of a number


def plain(value: str) -> str:
    """The cell's text in NFKC with single spaces, without what cannot be seen."""
    if isinstance(value, Number):
        value = whole_number(value) or value
    text = unicodedata.normalize("NFKC", value)
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return " ".join(text.split())


def whole_number(value: str) -> str:
    """The digits of a numeric cell ("1.38001380013E10"), "" when it is not a whole number."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ""
    if not number.is_finite() or number != number.to_integral_value() or number.adjusted() > 40:
        return ""
    return str(int(number))


def digits_lost(value: str | None) -> bool:
    """Whether Excel has already cut an identifier down to a number of 15 exact digits."""
    if isinstance(value, Number):
        return len(whole_number(value)) > EXACT_DIGITS
    return bool(value and re.fullmatch(r"\d(\.\d+)?[eE]\+?\d\d", value.strip()))


def chosen(value: str, choices: Iterable[Choice]) -> str | None:
    """The key of the choice that the cell names by key or by either language's label."""
    wanted = plain(value).casefold()
    for choice in choices:
        if wanted in (_folded(choice.key), _folded(choice.zh), _folded(choice.en)):
            return choice.key
    return None


@lru_cache(maxsize=512)
def _folded(label: str) -> str:
    """A label in the spelling of a cell: 品德与生活（社会） has full-width brackets."""
    return plain(label).casefold()


def day(value: str) -> date | None:
    """A date typed as text or kept by Excel as a day number; None when it is neither."""
    if isinstance(value, Number):
        digits = whole_number(value)
        return EXCEL_EPOCH + timedelta(days=int(digits)) if digits and len(digits) < 6 else None
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain(value))
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None
