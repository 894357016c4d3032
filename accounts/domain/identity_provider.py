"""Whom an outside identity provider speaks of."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Lower

from accounts.models import User


def person_of_claims(
    claims: dict[str, Any], *, teacher_number_claim: str, account_claim: str
) -> User | None:
    """The active person whose teacher number, else account name, the provider states.

    A stated teacher number decides alone: when nobody has it, the account name of a
    different person must not open the door instead.
    """
    claims = {**claims, **claims.get("userinfo", {}), **claims.get("id_token", {})}
    people = User.objects.filter(is_active=True)
    if number := str(claims.get(teacher_number_claim) or "").strip():
        return people.filter(teacher_number=number.upper()).first()
    if account := str(claims.get(account_claim) or "").strip().lower():
        return people.alias(account=Lower("username")).filter(account=account).first()
    return None
