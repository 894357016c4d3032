"""Who is meant by what was typed into the sign-in box."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.domain.identity import clean_phone
from accounts.errors import PhoneInvalid
from accounts.models import User


def person_by_login(login: str) -> User | None:
    """The person with this account name, phone or e-mail address, in one query.

    No account name looks like a phone or an address (the schema refuses it), so at most one
    person answers.
    """
    text = unicodedata.normalize("NFKC", login).strip().lower()
    if not text:
        return None
    means = Q(account=text) | Q(address=text)
    with suppress(PhoneInvalid):
        means |= Q(phone=clean_phone(text))
    people = User.objects.alias(account=Lower("username"), address=Lower("email"))
    return people.filter(means).first()
