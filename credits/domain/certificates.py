"""Certificates: numbered, printed fields frozen, checked by anyone, revoked with a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.attempts import take_attempt
from core.domain.audit import record_act
from core.domain.certificates import CHECK_DIGITS, certificate_of, clean_number, mark_revoked
from credits.errors import CertificateUnknown, ReasonMissing
from credits.models import Certificate, Registration
from credits.policy import CHECK
from programmes.domain.rulepacks import rule_pack_of

if TYPE_CHECKING:
    from accounts.models import User
    from core.models.certificate import NumberedCertificate
    from programmes.models import Programme

NEXT_NUMBERS = """
    INSERT INTO credits_certificateseries (year, last) VALUES (%(year)s, %(count)s)
    ON CONFLICT (year) DO UPDATE SET last = credits_certificateseries.last + %(count)s
    RETURNING last
"""
# Numbers follow the order of the registrations; the check digits are those of ISO 7064.
ISSUE = f"""
    INSERT INTO credits_certificate (registration_id, user_id, year, sequence, number, token,
                                     printed, issued_at, revoke_reason)
    SELECT numbered.id, numbered.user_id, %(year)s, numbered.sequence,
           base || {CHECK_DIGITS}, gen_random_uuid(),
           jsonb_build_object(
               'name', person.real_name,
               'programme_zh', %(programme_zh)s::text,
               'programme_en', %(programme_en)s::text,
               'year', %(year)s::int,
               'parts', (
                   SELECT jsonb_agg(part - 'needed' || jsonb_build_object('class_hours',
                       trim_scale(least((numbered.hours ->> (part ->> 'key'))::numeric,
                                        (part ->> 'needed')::numeric))::text) ORDER BY place)
                   FROM jsonb_array_elements(%(parts)s::jsonb) WITH ORDINALITY AS t(part, place)),
               'class_hours', trim_scale(numbered.class_hours)::text,
               'credits', trim_scale(numbered.credits)::text,
               'school', school.name,
               'county', county.name,
               'city', CASE WHEN county.level = 3 THEN above.name ELSE '' END,
               'issuer', root.name,
               'registered_on', to_char(numbered.registered_at AT TIME ZONE 'Asia/Shanghai',
                                        'YYYY-MM-DD')),
           %(now)s, ''
    FROM (
        SELECT *, %(first)s + row_number() OVER (ORDER BY id) AS sequence,
               %(year)s * 100000000::bigint + %(first)s + row_number() OVER (ORDER BY id) AS base
        FROM credits_registration WHERE id = ANY(%(registrations)s)
    ) numbered
    JOIN accounts_user person ON person.id = numbered.user_id
    JOIN organisations_organisation school ON school.id = numbered.school_id
    JOIN organisations_organisation county ON county.id = numbered.county_id
    LEFT JOIN organisations_organisation above ON above.id = county.parent_id
    JOIN organisations_organisation root
      ON root.id = split_part(school.path, '/', 1)::bigint
    ORDER BY numbered.id
"""  # noqa: S608 - ours


def issue_certificates(programme: Programme, registrations: list[int]) -> None:
    """Number, freeze and issue one certificate for each registration, in two statements.

    The year's series stays locked until the transaction ends, so numbers have no gaps.
    """
    parts = [
        {
            "key": part.key,
            "title_zh": part.title_zh,
            "title_en": part.title_en,
            "needed": str(part.class_hours),
        }
        for part in rule_pack_of(programme).parts
    ]
    named = {"year": programme.year, "count": len(registrations)}
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBERS, named)
        (last,) = cursor.fetchone()
        cursor.execute(
            ISSUE,
            named
            | {
                "first": last - len(registrations),
                "registrations": registrations,
                "programme_zh": programme.name_zh,
                "programme_en": programme.name_en,
                "parts": json.dumps(parts),
                "now": timezone.now(),
            },
        )


def find_certificate(number: str, name: str, *, source: str | None) -> NumberedCertificate:
    """The certificate of any kind with this number, for somebody who also knows whose it is.

    The number alone opens nothing: numbers are consecutive, and trying them would list people.

    Raises: CertificateUnknown, the same for a wrong number and a wrong name; TooManyAttempts.
    """
    take_attempt("credits.check", CHECK, account=clean_number(number) or number, source=source)
    found = certificate_of(number, name)
    if found is None:
        raise CertificateUnknown
    return found


@transaction.atomic
def revoke_certificate_of(registration: Registration, *, by: User, why: str) -> None:
    """Mark the certificate as revoked; whoever checks it sees the day and the reason.

    Safe to repeat. Raises: ReasonMissing.
    """
    if not why.strip():
        raise ReasonMissing
    valid = Certificate.objects.filter(registration=registration, revoked_at=None)
    certificate = valid.select_for_update(no_key=True).first()
    if certificate is None:
        return
    mark_revoked(certificate, by=by, why=why.strip())
    record_act("credits.revoke_certificate", certificate, by=by, to_state="revoked", why=why)
