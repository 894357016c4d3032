"""Numbers of certificates, finding one by number and name, taking one back."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils import timezone

from core.models.certificate import NumberedCertificate

NUMBER_LENGTH = 14  # year 4, sequence 8, check digits 2
CHECK_DIGITS = "lpad((98 - base * 100 %% 97)::text, 2, '0')"
"""The same as ``check_digits`` in SQL, for statements with parameters; ``base`` is a bigint."""


def check_digits(base: int) -> str:
    """The two digits after year and sequence (ISO 7064, mod 97-10): they catch every single
    wrong digit and every two that were swapped."""
    return f"{98 - base * 100 % 97:02d}"


def clean_number(text: str) -> str | None:
    """The number without its gaps, None when it cannot be one."""
    digits = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    if not (digits.isascii() and digits.isdigit() and len(digits) == NUMBER_LENGTH):
        return None
    return digits if check_digits(int(digits[:-2])) == digits[-2:] else None


def spaced(number: str) -> str:
    """2017 00000001 59: year, count and check digits apart."""
    return f"{number[:4]} {number[4:12]} {number[12:]}"


def same_name(one: str, another: str) -> bool:
    """Whether two ways of typing a name mean the same: width, gaps and dots do not matter."""
    return _plain(one) == _plain(another)


def certificate_of(number: str, name: str) -> NumberedCertificate | None:
    """The certificate of any kind with this number, for somebody who also knows whose it is."""
    digits = clean_number(number)
    if digits is None:
        return None
    for kind in NumberedCertificate.__subclasses__():
        found = kind._default_manager.filter(number=digits).first()
        if found is not None:
            return found if same_name(found.printed["name"], name) else None
    return None


def mark_revoked(certificate: NumberedCertificate, *, by: Any, why: str) -> None:
    """Whoever checks it sees the day and the reason; the caller has locked the row."""
    certificate.revoked_at, certificate.revoked_by = timezone.now(), by
    certificate.revoke_reason = why[:200]
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])


def _plain(name: str) -> str:
    return re.sub(r"[\s·•・.]", "", unicodedata.normalize("NFKC", name)).casefold()
