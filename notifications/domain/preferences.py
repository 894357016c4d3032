"""How people are told, and the link by which a mail can be stopped without signing in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain.audit import record_act
from core.errors import DomainError
from notifications.domain.texts import optional_kinds
from notifications.enums import MailKind
from notifications.models import Preference

SALT = "notifications.stop"


class StopLinkBroken(DomainError):
    message = _("This link is not complete. Open the settings of your inbox to stop mails.")


def preference_of(user: User) -> Preference:
    """The person's wishes; the usual ones while none are stored."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


@transaction.atomic
def set_preference(
    user: User,
    *,
    daily_digest: bool,
    urgent_mail: bool,
    by: User | None,
    silenced: Iterable[str] | None = None,
) -> Preference:
    """Store how ``user`` wants mail and, when given, the optional kinds to do without.

    The inbox itself always stays. Safe to repeat.
    """
    wishes: dict[str, Any] = {"daily_digest": daily_digest, "urgent_mail": urgent_mail}
    if silenced is not None:
        allowed = {kind for kind, _words in optional_kinds()}
        wishes["silenced"] = sorted(allowed.intersection(silenced))
    preference, _created = Preference.objects.update_or_create(user=user, defaults=wishes)
    record_act("set_preference", preference, by=by, to_state=f"{daily_digest} {urgent_mail}")
    return preference


def stop_token(user_id: int, kind: MailKind) -> str:
    """What the stop link of a mail carries: signed, no address and no name in it."""
    return signing.dumps([user_id, kind.value], salt=SALT)


def stop_mails(token: str) -> MailKind:
    """Turn off the kind of mail that ``token`` came with. Safe to repeat.

    Raises: StopLinkBroken.
    """
    user, kind = _read(token)
    present = preference_of(user)
    set_preference(
        user,
        daily_digest=present.daily_digest and kind != MailKind.DIGEST,
        urgent_mail=present.urgent_mail and kind != MailKind.URGENT,
        by=None,
    )
    return kind


def check_stop_token(token: str) -> MailKind:
    """Raises: StopLinkBroken."""
    return _read(token)[1]


def _read(token: str) -> tuple[User, MailKind]:
    try:
        user_id, kind = signing.loads(token, salt=SALT)
        return User.objects.get(pk=user_id), MailKind(kind)
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError) as error:
        raise StopLinkBroken from error
