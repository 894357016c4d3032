"""What identifies a person: ID number, name, phone, account name.

An ID number is kept encrypted and found again by a keyed digest; nothing here logs it, and
``mask_id_number`` is the only form in which it is shown.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from accounts.errors import (
    AccountNameInvalid,
    IdNumberInvalid,
    NameInvalid,
    PhoneInvalid,
    TeacherNumberInvalid,
)

if TYPE_CHECKING:
    from accounts.models import User

WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
CHECK_CHARACTERS = "10X98765432"
ID_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
ACCOUNT_NAME = re.compile(r"[0-9a-z][0-9a-z._-]{2,39}")
TEACHER_NUMBER = re.compile(r"[0-9A-Za-z]{4,30}")
MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・･‧∙⋅．", "·"))
NONCE_BYTES = 12
MASK_HEAD, MASK_TAIL = 4, 2


def check_character(first_seventeen: str) -> str:
    """The last character of an ID number, from the first seventeen (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def clean_id_number(text: str) -> str:
    """The 18 characters in their one spelling: half-width, without spaces, capital X.

    Raises: IdNumberInvalid for a wrong length, check digit or date of birth.
    Source: GB 11643; requirements 4.3.
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not ID_NUMBER.fullmatch(number) or check_character(number[:17]) != number[17]:
        raise IdNumberInvalid
    if not _is_past_date(number[6:14]):
        raise IdNumberInvalid
    return number


def _is_past_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= born <= timezone.localdate()


def id_number_digest(text: str) -> str:
    """The key under which an ID number is found: useless without the server's secret."""
    key = settings.IDENTITY_HMAC_KEY.encode()
    return hmac.new(key, clean_id_number(text).encode(), sha256).hexdigest()


def encrypt_id_number(text: str) -> bytes:
    """The ID number as it is stored."""
    return encrypt_text(clean_id_number(text))


def decrypt_id_number(stored: bytes) -> str:
    """The ID number in full, for matching and masking only.

    Raises: InvalidTag when no key fits: the row or the keys were tampered with.
    """
    return decrypt_text(bytes(stored))


def encrypt_text(text: str) -> bytes:
    """AES-256-GCM under the identity key, the nonce in front."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(settings.IDENTITY_ENCRYPTION_KEY).encrypt(nonce, text.encode(), None)


def decrypt_text(stored: bytes) -> str:
    """What ``encrypt_text`` was given; tries the retired keys after the present one.

    Raises: InvalidTag when no key fits.
    """
    nonce, cipher_text = stored[:NONCE_BYTES], stored[NONCE_BYTES:]
    keys = [settings.IDENTITY_ENCRYPTION_KEY, *getattr(settings, "IDENTITY_RETIRED_KEYS", [])]
    for key in keys:
        with suppress(InvalidTag):
            return _cipher(key).decrypt(nonce, cipher_text, None).decode()
    raise InvalidTag


@cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(sha256(b"yanxiu id number" + key.encode()).digest())


def mask_id_number(user: User) -> str:
    """The person's ID number as people may see it, "" when none is on record."""
    if user.id_number_cipher is None:
        return ""
    number = decrypt_id_number(bytes(user.id_number_cipher))
    hidden = "*" * (len(number) - MASK_HEAD - MASK_TAIL)
    return f"{number[:MASK_HEAD]}{hidden}{number[-MASK_TAIL:]}"


def clean_name(text: str) -> str:
    """A real name in NFC: 2-40 letters or Han of any plane, single spaces, ``·``, ``'``, ``-``.

    Raises: NameInvalid for digits, control or private-use characters, other signs.
    Source: R62; requirements 4.3 (rare characters, middle dot).
    """
    name = " ".join(unicodedata.normalize("NFC", text).translate(MIDDLE_DOTS).split())
    letters = [character for character in name if _is_name_letter(character)]
    joints = [character for character in name if character in " ·'’-"]
    edges_are_letters = bool(name) and _is_name_letter(name[0]) and name[-1] not in " ·'’-"
    if not 2 <= len(name) <= 40 or len(letters) + len(joints) != len(name):
        raise NameInvalid
    if not edges_are_letters or re.search(r"[ ·'’-]{2}", name):
        raise NameInvalid
    return name


def _is_name_letter(character: str) -> bool:
    # Planes 2 and 3 hold nothing but Han; younger extensions are unknown to this Python.
    return 0x20000 <= ord(character) <= 0x3FFFD or unicodedata.category(character)[0] in "LM"


def clean_phone(text: str) -> str:
    """A mobile number in its one spelling: 11 digits, or ``+`` and country code if abroad.

    Raises: PhoneInvalid.
    """
    phone = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text))
    phone = re.sub(r"^(\+86|0086)", "", phone)
    phone = re.sub(r"^00(?=[1-9])", "+", phone)
    if not MOBILE.fullmatch(phone) and not ABROAD.fullmatch(phone):
        raise PhoneInvalid
    return phone


def mask_phone(phone: str | None) -> str:
    """The phone as those may see it who only read: first three and last two digits."""
    return f"{phone[:3]}{'*' * (len(phone) - 5)}{phone[-2:]}" if phone else ""


def clean_account_name(text: str) -> str:
    """An account name in small letters that cannot be taken for a phone, ID or address.

    Raises: AccountNameInvalid.
    """
    name = unicodedata.normalize("NFKC", text).strip().lower()
    taken_for_another = MOBILE.fullmatch(name) or ID_NUMBER.fullmatch(name.upper())
    if not ACCOUNT_NAME.fullmatch(name) or taken_for_another:
        raise AccountNameInvalid
    return name


def clean_teacher_number(text: str) -> str:
    """The national teacher number, kept as text.

    Raises: TeacherNumberInvalid.
    """
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not TEACHER_NUMBER.fullmatch(number):
        raise TeacherNumberInvalid
    return number
