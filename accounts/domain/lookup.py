"""Finding one person by a number that must never stand in an address line."""

from __future__ import annotations

from django.db.models import Q

from accounts.domain.identity import clean_phone, id_number_digest
from accounts.errors import IdNumberInvalid, PhoneInvalid
from accounts.models import User


def person_by_number(viewer: User, text: str) -> User | None:
    """The person in the viewer's reach with this phone or ID number, whole."""
    means = Q(pk__in=[])
    try:
        means |= Q(phone=clean_phone(text))
    except PhoneInvalid:
        try:
            means |= Q(id_number_digest=id_number_digest(text))
        except IdNumberInvalid:
            return None
    return User.objects.visible_to(viewer).filter(means).first()


def looks_like_a_number(text: str) -> bool:
    """Whether ``text`` is a phone or ID number, right or mistyped: it is kept out of addresses."""
    return sum(sign.isdigit() for sign in text) >= 9 and "@" not in text
