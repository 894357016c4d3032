"""Credits on their way into the register: proposed, confirmed by the school, reviewed.

Every step is one statement over the whole set, counts the hours anew while it holds the
people's ledger heads, and leaves out whoever is no longer complete. Locks are taken in one
order everywhere: ledger heads by person, then registrations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actor import current_address
from core.domain.audit import record_act
from credits.domain.certificates import issue_certificates, revoke_certificate_of
from credits.domain.requirements import requirement_of
from credits.enums import NEXT_REGISTRATION_STATES, RegistrationState
from credits.errors import ReasonMissing, RegistrationMoved
from credits.models import LedgerEntry, Registration
from credits.queries import completion_sql
from notifications.domain.notify import notify
from programmes.domain.phases import require_open
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PhaseKey

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme

CREDITS = "least(counted.counted / %(hours_per_credit)s, %(maximum_credits)s)"
PROPOSE = """
    INSERT INTO credits_registration (programme_id, user_id, enrolment_id, school_id, county_id,
        state, hours, class_hours, credits, reason, proposed_at)
    SELECT %(programme)s, counted.user_id, counted.enrolment_id, counted.school_id,
           coalesce(school.acting_county_id, school.parent_id, school.id), 'proposed',
           counted.hours, counted.counted, {credits}, '', %(now)s
    FROM ({completion}) counted
    JOIN organisations_organisation school ON school.id = counted.school_id
    WHERE counted.complete AND %(now)s < counted.closes_at AND NOT EXISTS (
        SELECT FROM credits_registration known
        WHERE known.enrolment_id = counted.enrolment_id AND {known})
    ORDER BY counted.user_id
    ON CONFLICT (programme_id, user_id) WHERE NOT state = 'revoked' DO NOTHING
    RETURNING user_id
"""
PROPOSE_AGAIN = """
    UPDATE credits_registration registration
    SET state = 'proposed', reason = '', proposed_at = %(now)s, hours = counted.hours,
        class_hours = counted.counted, credits = {credits},
        confirmed_at = NULL, confirmed_by_id = NULL
    FROM ({completion}) counted
    WHERE counted.enrolment_id = registration.enrolment_id AND registration.state = 'returned'
      AND counted.complete AND %(now)s < counted.closes_at
    RETURNING registration.user_id
"""
# One verdict per chosen row; only those without one move.
MOVE = """
    WITH judged AS (
        SELECT registration.id, registration.user_id, counted.hours, counted.counted,
               registration.state AS before, {credits} AS credits,
               CASE WHEN registration.state <> %(from)s THEN 'moved'
                    WHEN registration.user_id = %(by)s THEN 'own'
                    WHEN registration.confirmed_by_id = %(by)s THEN 'second_person'
                    WHEN NOT counted.complete THEN 'incomplete'
                    WHEN %(now)s >= counted.closes_at THEN 'closed'
                    ELSE '' END AS verdict
        FROM credits_registration registration
        JOIN ({completion}) counted ON counted.enrolment_id = registration.enrolment_id
        WHERE registration.id = ANY(%(chosen)s)
    ), moved AS (
        UPDATE credits_registration registration
        SET state = %(to)s, hours = judged.hours, class_hours = judged.counted,
            credits = judged.credits, {stamp}_at = %(now)s, {stamp}_by_id = %(by)s
        FROM judged WHERE judged.id = registration.id AND judged.verdict = ''
        RETURNING registration.id
    ), written AS (
        INSERT INTO core_auditrecord
            (at, by_id, address, verb, object_label, object_key, from_state, to_state, why)
        SELECT statement_timestamp(), %(by)s, %(address)s::inet, 'credits.move_registration',
               'credits.registration', id::text, %(from)s, %(to)s, ''
        FROM moved
    )
    SELECT id, user_id, verdict FROM judged ORDER BY id
"""


@dataclass
class Moved:
    """What a step over many registrations did. ``left`` counts the others by their reason:
    moved, own, second_person, incomplete, closed."""

    keys: list[int] = field(default_factory=list)
    user_ids: list[int] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def propose_registrations(
    programme: Programme, user_ids: Collection[int] | None = None
) -> list[int]:
    """Propose everybody whose approved enrolment is complete and who is not proposed yet.

    For named people (hours have just arrived) a returned registration is proposed again, and
    a revoked one followed by a new one; the sweep over a whole programme leaves both alone.

    Safe to repeat, also at once. Returns: user ids proposed now. Source: R19, R20.
    """
    condition, named = "enrolment.state = 'approved'", {}
    if user_ids is not None:
        condition += " AND enrolment.user_id = ANY(%(users)s)"
        named = {"users": list(user_ids)}
    completion, params = _counting(programme, condition, named)
    known = "TRUE" if user_ids is None else "known.state <> 'revoked'"
    proposed: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute(PROPOSE.format(completion=completion, credits=CREDITS, known=known), params)
        proposed += [user_id for (user_id,) in cursor.fetchall()]
        if user_ids is not None:
            cursor.execute(PROPOSE_AGAIN.format(completion=completion, credits=CREDITS), params)
            proposed += [user_id for (user_id,) in cursor.fetchall()]
    if proposed:
        _tell(proposed, "credits.registration_proposed", programme)
    return proposed


def confirm_registrations(registrations: QuerySet[Registration], *, by: User) -> Moved:
    """The school confirms. Rights are in the queryset (``permissions.confirmable_by``).

    Safe to repeat. Source: R20.
    """
    return _move(
        registrations, RegistrationState.PROPOSED, RegistrationState.CONFIRMED, "confirmed", by
    )


def register_credits(registrations: QuerySet[Registration], *, by: User) -> Moved:
    """The county registers the credits, and every certificate is issued with it.

    Safe to repeat. Units: credits = class hours that count / hours per credit, at most the
    year's maximum. Source: R19, R20, A1.
    """
    return _move(
        registrations, RegistrationState.CONFIRMED, RegistrationState.REGISTERED, "registered", by
    )


@transaction.atomic
def return_registration(registration: Registration, *, by: User | None, why: str) -> Registration:
    """Give it back to be completed or corrected. Raises: ReasonMissing, RegistrationMoved."""
    registration = _lock_one(registration, RegistrationState.RETURNED, why)
    return _write(registration, RegistrationState.RETURNED, by=by, why=why)


@transaction.atomic
def propose_again(registration: Registration, *, by: User) -> Registration:
    """Send a returned one on its way once more, when its hours are complete.

    Raises: RegistrationMoved; PhaseClosed when the window is over.
    """
    _lock_heads([registration.user_id])
    registration = _lock_one(registration, RegistrationState.PROPOSED, "-")
    require_open(registration.programme, PhaseKey.CREDIT_REGISTRATION, registration.school)
    if not requirement_of(registration.user, registration.programme).complete:
        raise RegistrationMoved(state=_("hours are missing"))
    registration.confirmed_by, registration.confirmed_at = None, None
    return _write(registration, RegistrationState.PROPOSED, by=by, why="")


@transaction.atomic
def revoke_registration(registration: Registration, *, by: User, why: str) -> Registration:
    """Take registered credits back, and the certificate with them.

    Raises: ReasonMissing, RegistrationMoved.
    """
    registration = _lock_one(registration, RegistrationState.REVOKED, why)
    registration.revoked_at = timezone.now()
    revoke_certificate_of(registration, by=by, why=why.strip())
    return _write(registration, RegistrationState.REVOKED, by=by, why=why)


@transaction.atomic
def return_incomplete(entry: LedgerEntry) -> None:
    """After ``entry`` was taken back: give back the person's registration if it was on its way
    and is no longer complete. A registered one is an officer's decision and stays."""
    on_its_way = [RegistrationState.PROPOSED, RegistrationState.CONFIRMED]
    mine = Registration.objects.filter(user=entry.user_id, programme=entry.programme_id)
    registration = mine.filter(state__in=on_its_way).first()
    if registration and not requirement_of(entry.user, entry.programme).complete:
        why = _("Hours were taken back: %(label)s") % {"label": entry.label}
        return_registration(registration, by=None, why=why[:200])


@transaction.atomic
def _move(
    registrations: QuerySet[Registration],
    before: RegistrationState,
    after: RegistrationState,
    stamp: str,
    by: User,
) -> Moved:
    outcome = Moved()
    chosen = list(registrations.values_list("pk", "user_id", "programme_id"))
    _lock_heads([user_id for _pk, user_id, _programme in chosen])
    for programme_id in sorted({programme for _pk, _user, programme in chosen}):
        keys = sorted(pk for pk, _user, programme in chosen if programme == programme_id)
        _move_in_programme(programme_id, keys, before, after, stamp, by, outcome)
    return outcome


def _move_in_programme(
    programme_id: int,
    keys: list[int],
    before: RegistrationState,
    after: RegistrationState,
    stamp: str,
    by: User,
    outcome: Moved,
) -> None:
    rows = Registration.objects.filter(pk__in=keys).select_related("programme").order_by("pk")
    locked = list(rows.select_for_update(of=("self",), no_key=True))
    programme = locked[0].programme
    completion, params = _counting(
        programme,
        "enrolment.id = ANY(%(enrolments)s)",
        {"enrolments": [row.enrolment_id for row in locked]},
    )
    params |= {"chosen": keys, "from": before.value, "to": after.value, "by": by.pk}
    params["address"] = current_address()
    with connection.cursor() as cursor:
        cursor.execute(MOVE.format(completion=completion, credits=CREDITS, stamp=stamp), params)
        judged = cursor.fetchall()
    moved = [(key, user_id) for key, user_id, verdict in judged if not verdict]
    outcome.left.update(verdict for _key, _user, verdict in judged if verdict)
    outcome.keys += [key for key, _user in moved]
    outcome.user_ids += [user_id for _key, user_id in moved]
    if after == RegistrationState.REGISTERED and moved:
        issue_certificates(programme, [key for key, _user in moved])
        _tell([user_id for _key, user_id in moved], "credits.registered", programme)


def _counting(
    programme: Programme, condition: str, named: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    pack = rule_pack_of(programme)
    completion, params = completion_sql(programme, condition, named)
    return completion, params | {
        "now": timezone.now(),
        "hours_per_credit": pack.hours_per_credit,
        "maximum_credits": pack.maximum_credits,
    }


def _lock_heads(user_ids: Collection[int]) -> None:
    """Keep every poster and reverser of these people waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT FROM credits_ledgerhead WHERE user_id = ANY(%s)
               ORDER BY user_id FOR NO KEY UPDATE""",
            [list(user_ids)],
        )


def _lock_one(registration: Registration, to: RegistrationState, why: str) -> Registration:
    if not why.strip():
        raise ReasonMissing
    rows = Registration.objects.select_related("user", "programme", "school")
    registration = rows.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    if to not in NEXT_REGISTRATION_STATES[RegistrationState(registration.state)]:
        raise RegistrationMoved(state=registration.get_state_display())
    return registration


def _write(
    registration: Registration, state: RegistrationState, *, by: User | None, why: str
) -> Registration:
    before, registration.state = registration.state, state
    registration.reason = why.strip()[:200]
    registration.save()
    record_act(
        "credits.move_registration",
        registration,
        by=by,
        from_state=before,
        to_state=state,
        why=why,
    )
    if state != RegistrationState.PROPOSED:
        _tell(
            [registration.user_id],
            f"credits.registration_{state}",
            registration.programme,
            reason=registration.reason,
        )
    return registration


def _tell(user_ids: list[int], kind: str, programme: Programme, **parameters: str) -> None:
    names = {"programme_zh": programme.name_zh, "programme_en": programme.name_en}
    notify(user_ids, kind, names | parameters, reverse("credits:mine"))
