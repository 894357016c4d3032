"""Who needs a second factor, and what happens when the phone is lost."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from accounts.domain.appointments import clean_why, raise_epochs
from accounts.enums import SECOND_FACTOR_ROLES
from accounts.errors import NotYourself
from accounts.models import User
from core.domain.audit import record_act


def needs_second_factor(user: User) -> bool:
    """Whoever holds an appointment today, and the technical superuser."""
    if not settings.MFA_REQUIRED_FOR_APPOINTMENTS:
        return False
    return user.is_superuser or bool(user.appointed_paths(*SECOND_FACTOR_ROLES))


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


@transaction.atomic
def remove_second_factor(user: User, *, by: User, why: str) -> None:
    """Take the second factor off an account whose owner lost the phone; sessions end.

    With the next sign-in an appointed person is led to the set-up again. Safe to repeat.

    Raises: NotYourself, ReasonMissing.
    """
    why = clean_why(why)
    if user.pk == by.pk:
        raise NotYourself
    Authenticator.objects.filter(user=user).delete()
    raise_epochs([user.pk])
    record_act("accounts.second_factor_removed", user, by=by, why=why)
