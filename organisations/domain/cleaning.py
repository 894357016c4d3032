"""The one spelling of what is typed about an organisation."""

from __future__ import annotations

import re
import unicodedata

from organisations.errors import CodeInvalid, NameInvalid, ReasonMissing

CODE = re.compile(r"[0-9A-Z]{2,20}")


def clean_organisation_name(text: str) -> str:
    """A name in NFC with single spaces.

    Raises: NameInvalid for fewer than 2 or more than 80 characters, or control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    hidden = any(unicodedata.category(character)[0] == "C" for character in name)
    if not 2 <= len(name) <= 80 or hidden:
        raise NameInvalid
    return name


def clean_code(text: str) -> str:
    """An organisation's code: half-width capitals and digits, without spaces.

    Raises: CodeInvalid.
    """
    code = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not CODE.fullmatch(code):
        raise CodeInvalid
    return code


def clean_reason(text: str) -> str:
    """Why something was done, in at most 200 characters.

    Raises: ReasonMissing when there is nothing to read.
    """
    reason = " ".join(text.split())[:200]
    if len(reason) < 2:
        raise ReasonMissing
    return reason
