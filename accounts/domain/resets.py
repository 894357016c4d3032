"""Links by e-mail: to a new password, and to prove that an address is one's own.

What the page does is the same for everybody: one look-up, one job. Whether a letter goes out
is decided by the worker, so neither the answer nor its time tells who has an account.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.domain.attempts import EMAIL_LINK, RESET, take_attempt
from accounts.domain.sign_in import person_by_login
from accounts.errors import AlreadyTaken, LinkExpired
from accounts.models import User
from accounts.policy import EMAIL_LINK_HOURS
from core.actor import current_address
from core.domain.audit import record_act
from core.domain.jobs import start_job

EMAIL_SALT = "accounts.email"


@transaction.atomic
def ask_for_reset_link(login: str) -> None:
    """Have a link to a new password sent to the address on record, if there is one.

    Raises: TooManyAttempts.
    """
    person = person_by_login(login)
    account = f"user:{person.pk}" if person else f"typed:{login.strip().lower()}"
    take_attempt("reset", RESET, account=account, source=current_address())
    reachable = person is not None and person.is_active and person.email is not None
    start_job("accounts.send_reset_link", {"user_id": person.pk if reachable else 0}, by=None)


@transaction.atomic
def ask_for_email_link(user: User, email: str) -> None:
    """Have a link sent to ``email``; the address counts once its owner has followed it.

    Raises: TooManyAttempts.
    """
    take_attempt("email", EMAIL_LINK, account=f"user:{user.pk}", source=current_address())
    start_job(
        "accounts.send_email_link", {"user_id": user.pk, "email": email.strip().lower()}, by=user
    )


@transaction.atomic
def confirm_email(user: User, token: str) -> User:
    """Let the address in ``token`` be the person's own. Works once, for the person who asked.

    Raises: LinkExpired, AlreadyTaken.
    """
    try:
        said = signing.loads(token, salt=EMAIL_SALT, max_age=EMAIL_LINK_HOURS * 3600)
    except signing.BadSignature:
        raise LinkExpired from None
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if said["user"] != user.pk or said["former"] != (user.email or ""):
        raise LinkExpired
    others = User.objects.exclude(pk=user.pk).alias(address=Lower("email"))
    if others.filter(address=said["email"]).exists():
        raise AlreadyTaken(field=said["email"])
    user.email = said["email"]
    user.save(update_fields=["email"])
    record_act("accounts.email_confirmed", user, by=user)
    return user


@transaction.atomic
def forget_email(user: User, *, by: User) -> User:
    """Take the address off the record: no letter and no link goes there any more."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.email = None
    user.save(update_fields=["email"])
    record_act("accounts.email_forgotten", user, by=by)
    return user


def email_token(user: User, email: str) -> str:
    """The token of a link that proves an address; void once the person's address changes."""
    said = {"user": user.pk, "email": email, "former": user.email or ""}
    return signing.dumps(said, salt=EMAIL_SALT)


def reset_parts(user: User) -> dict[str, str]:
    """The two parts of the address of a link to a new password; void after its use."""
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
