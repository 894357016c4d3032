"""One-time codes on paper: how people come to their first password, and to a lost one."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.domain.attempts import ACTIVATION, give_back, take_attempt
from accounts.domain.passwords import set_password
from accounts.domain.sign_in import person_by_login
from accounts.errors import CodeRefused, NotYourself, PersonInactive
from accounts.models import ActivationCode, User
from accounts.policy import ACTIVATION_CODE_DAYS
from core.actor import current_address
from core.domain.audit import record_acts

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that are not taken for one another
CODE_LENGTH = 10  # 50 bits


@dataclass(frozen=True)
class Slip:
    """What is printed and handed out; the code exists nowhere else."""

    user: User
    code: str
    expires_at: object


def new_code() -> str:
    """A code as it is printed: two groups of five."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{signs[:5]} {signs[5:]}"


def code_digest(user_id: int, code: str) -> str:
    """What is stored of a code: bound to the person, useless without the server's secret."""
    plain = "".join(code.split()).replace("-", "").upper()
    text = f"activation:{user_id}:{plain}".encode()
    return hmac.new(settings.IDENTITY_HMAC_KEY.encode(), text, sha256).hexdigest()


@transaction.atomic
def issue_code(user: User, *, by: User, why: str = "") -> Slip:
    """Issue a person a code; one issued before stops working.

    The old password and open sessions keep working until the code is used.

    Raises: PersonInactive; NotYourself, for a code replaces knowing one's password.
    """
    if user.pk == by.pk:
        raise NotYourself
    if not user.is_active:
        raise PersonInactive(name=user.real_name)
    return issue_codes([user], by=by, why=why)[0]


@transaction.atomic
def issue_codes(users: Iterable[User], *, by: User, why: str = "") -> list[Slip]:
    """Issue each of ``users`` a code in three statements, whatever their number.

    Returns: the slips in the order given.
    """
    now = timezone.now()
    expires_at = now + timedelta(days=ACTIVATION_CODE_DAYS)
    slips = [Slip(user, new_code(), expires_at) for user in users]
    keys = sorted(slip.user.pk for slip in slips)
    list(User.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).only("pk"))
    open_codes = ActivationCode.objects.filter(user__in=keys, used_at=None, replaced_at=None)
    open_codes.update(replaced_at=now)
    ActivationCode.objects.bulk_create(
        ActivationCode(
            user=slip.user,
            digest=code_digest(slip.user.pk, slip.code),
            issued_by=by,
            issued_at=now,
            expires_at=expires_at,
        )
        for slip in slips
    )
    record_acts("accounts.code_issued", User, keys, by=by, why=why)
    return slips


def activate(login: str, code: str, password: str) -> User:
    """Set a password by a code from a slip, and sign the person out elsewhere.

    One refusal for every reason: who guesses learns nothing about the account.

    Raises: CodeRefused; TooManyAttempts.
    Source: issue of first passwords on paper, R62.
    """
    person = person_by_login(login)
    account = f"user:{person.pk}" if person else f"typed:{login.strip().lower()}"
    keys = take_attempt("activation", ACTIVATION, account=account, source=current_address())
    user = _use_code(person.pk if person else 0, code, password)
    give_back(keys)
    return user


@transaction.atomic
def _use_code(user_id: int, code: str, password: str) -> User:
    digest = code_digest(user_id, code)
    held = (
        ActivationCode.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user")
        .filter(user=user_id, used_at=None, replaced_at=None, user__is_active=True)
        .first()
    )
    known = held.digest if held else code_digest(0, "")
    now = timezone.now()
    if not hmac.compare_digest(digest, known) or held is None or held.expires_at <= now:
        raise CodeRefused
    held.used_at = now
    held.save(update_fields=["used_at"])
    return set_password(held.user, password, by=held.user, verb="accounts.activated")
