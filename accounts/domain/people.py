"""People are entered, changed, moved, deactivated and reactivated here.

Whether the acting officer may do it is asked at the door (``permissions``). Audit records say
which fields changed, never an ID number or a phone.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.appointments import clean_why, raise_epochs
from accounts.domain.identity import (
    clean_account_name,
    clean_name,
    clean_phone,
    clean_teacher_number,
    encrypt_id_number,
    id_number_digest,
)
from accounts.errors import (
    AlreadyTaken,
    NotYourself,
    OrganisationNotOpen,
    PersonInactive,
)
from accounts.models import ActivationCode, User
from core.domain.audit import record_act
from organisations.models import Organisation

UNIQUE_FIELDS = {
    "username": _("The account name"),
    "phone": _("The phone number"),
    "teacher_number": _("The teacher number"),
    "id_number_digest": _("The ID number"),
}
CLEANERS = {
    "username": clean_account_name,
    "real_name": clean_name,
    "phone": clean_phone,
    "teacher_number": clean_teacher_number,
}


@transaction.atomic
def add_person(
    *,
    real_name: str,
    school: Organisation | None,
    by: User | None,
    username: str = "",
    phone: str = "",
    teacher_number: str = "",
    id_number: str = "",
) -> User:
    """Enter a person who will activate with a code. There is no password until then.

    Without an account name the teacher number becomes one, else one is drawn.

    Raises: NameInvalid, PhoneInvalid, AccountNameInvalid, TeacherNumberInvalid,
    IdNumberInvalid, AlreadyTaken, OrganisationNotOpen.
    Source: R62; requirements 4.3.
    """
    typed = {
        "real_name": real_name,
        "phone": phone,
        "teacher_number": teacher_number,
        "username": username or teacher_number or _drawn_account_name(),
        "id_number": id_number,
    }
    fields = clean_fields(typed)
    _refuse_taken(fields, but=None)
    _check_school(school)
    user = User(school=school, **fields)
    user.set_unusable_password()
    user.save()
    record_act("accounts.added", user, by=by, to_state=user.real_name)
    return user


@transaction.atomic
def change_person(user: User, *, by: User | None, why: str = "", **typed: str) -> User:
    """Correct what is on record of a person; what is not named stays.

    A new account name ends the person's sessions, for it is what they sign in with.

    Raises: the same as ``add_person``.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    fields = clean_fields(typed)
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    if set(changed) == {"id_number_cipher"}:  # the same number, sealed anew
        changed = {}
    if not changed:
        return user
    _refuse_taken(changed, but=user)
    former = user.real_name
    for name, value in changed.items():
        setattr(user, name, value)
    if "username" in changed:
        user.session_epoch += 1
    user.save(update_fields=[*changed, "session_epoch"])
    words = ", ".join(sorted(name.removesuffix("_cipher") for name in changed))
    record_act(
        "accounts.changed",
        user,
        by=by,
        from_state=former if "real_name" in changed else "",
        to_state=user.real_name if "real_name" in changed else "",
        why=f"{words}: {why}" if why else words,
    )
    return user


@transaction.atomic
def move_person(user: User, school: Organisation, *, by: User | None, why: str) -> User:
    """Let a person belong to another unit from now on; enrolments and hours stay as they are.

    Raises: ReasonMissing, OrganisationNotOpen, PersonInactive.
    """
    why = clean_why(why)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        raise PersonInactive(name=user.real_name)
    _check_school(school)
    if user.school_id == school.pk:
        return user
    former = user.school.name if user.school else ""
    user.school = school
    user.save(update_fields=["school"])
    record_act("accounts.moved", user, by=by, from_state=former, to_state=school.name, why=why)
    return user


@transaction.atomic
def deactivate_person(user: User, *, by: User | None, why: str) -> User:
    """Let a person sign in no more: sessions, appointments and open codes end.

    What the person has earned and done stays on record. Safe to repeat.

    Raises: NotYourself, ReasonMissing.
    """
    why = clean_why(why)
    if by is not None and by.pk == user.pk:
        raise NotYourself
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not user.is_active:
        return user
    now = timezone.now()
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.appointments.standing().update(ended_at=now)
    ActivationCode.objects.filter(user=user, used_at=None, replaced_at=None).update(replaced_at=now)
    raise_epochs([user.pk])
    record_act("accounts.deactivated", user, by=by, why=why)
    return user


@transaction.atomic
def reactivate_person(user: User, *, by: User | None, why: str) -> User:
    """Let a person sign in again; appointments are given anew, they do not return. Repeatable.

    Raises: ReasonMissing.
    """
    why = clean_why(why)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.is_active:
        return user
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_act("accounts.reactivated", user, by=by, why=why)
    return user


def clean_fields(typed: dict[str, str]) -> dict[str, Any]:
    """What was typed, as it is stored: empty optional fields as none, the ID number sealed."""
    fields: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "id_number":
            fields |= _sealed(text)
        elif text or name in ("real_name", "username"):
            fields[name] = CLEANERS[name](text)
        else:
            fields[name] = None
    return fields


def _sealed(id_number: str) -> dict[str, Any]:
    if not id_number:
        return {}
    return {
        "id_number_digest": id_number_digest(id_number),
        "id_number_cipher": encrypt_id_number(id_number),
    }


def _refuse_taken(fields: dict[str, Any], *, but: User | None) -> None:
    others = User.objects.alias(account=Lower("username")).exclude(pk=but.pk if but else None)
    for name, label in UNIQUE_FIELDS.items():
        value = fields.get(name)
        lookup = Q(account=value) if name == "username" else Q(**{name: value})
        if value and others.filter(lookup).exists():
            raise AlreadyTaken(field=label)


def _check_school(school: Organisation | None) -> None:
    if school is not None and school.valid_to is not None:
        raise OrganisationNotOpen(name=school.name)


def _drawn_account_name() -> str:
    return f"t{secrets.randbelow(10**10):010d}"
