"""Passwords are set here and nowhere else: each change ends the person's other sessions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.domain.attempts import SIGN_IN, give_back, take_attempt
from accounts.errors import WrongPassword
from accounts.models import User
from core.actor import current_address
from core.domain.audit import record_act


def confirm_password(user: User, password: str) -> None:
    """Make sure that whoever sits here knows the present password, if there is one.

    Raises: WrongPassword; TooManyAttempts, counted together with sign-in.
    """
    if not user.has_usable_password():
        return
    account, source = f"user:{user.pk}", current_address()
    keys = take_attempt("sign_in", SIGN_IN, account=account, source=source)
    if not user.check_password(password):
        raise WrongPassword
    give_back(keys)


@transaction.atomic
def set_password(user: User, password: str, *, by: User, verb: str, why: str = "") -> User:
    """Give ``user`` a new password. Every session opened before ends with the next request.

    The caller has checked the password against the rule and may keep the acting session by
    ``update_session_auth_hash``.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.set_password(password)
    user.session_epoch += 1
    if user.activated_at is None:
        user.activated_at = timezone.now()
    user.save(update_fields=["password", "session_epoch", "activated_at"])
    record_act(verb, user, by=by, why=why)
    return user


@transaction.atomic
def end_sessions(user: User, *, by: User | None, why: str = "") -> User:
    """Sign the person out everywhere, from the next request on."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])
    record_act("accounts.sessions_ended", user, by=by, why=why)
    return user
