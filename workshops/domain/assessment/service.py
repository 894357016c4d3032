"""Service certificates: what volunteers did as hosts, issued in bulk, checked by anyone (R36)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core.domain.audit import record_act
from core.domain.certificates import CHECK_DIGITS, mark_revoked
from notifications.domain.notify import notify, notify_select
from workshops.domain.assessment.rounds import locked
from workshops.domain.rules.judging import require_spotless
from workshops.enums.assessment import Grade
from workshops.enums.talk import Act
from workshops.errors.assessment import NobodyToCertify, NotConfirmedYet
from workshops.errors.moderation import ReasonMissing
from workshops.models import Assessment, HostResult, ServiceCertificate, Workshop
from workshops.queries.rules import rules_in_force
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import HostResultQuerySet

NEXT_NUMBERS = """
INSERT INTO workshops_serviceseries (year, last) VALUES (%(year)s, %(count)s)
ON CONFLICT (year) DO UPDATE SET last = workshops_serviceseries.last + %(count)s
RETURNING last
"""
ISSUE = f"""
INSERT INTO workshops_servicecertificate
       (result_id, user_id, year, sequence, number, token, printed, issued_at, revoke_reason)
SELECT numbered.id, numbered.user_id, %(year)s, numbered.sequence, base || {CHECK_DIGITS},
       gen_random_uuid(),
       jsonb_build_object(
         'name', person.real_name, 'school', coalesce(school.name, ''),
         'workshop_zh', %(titles)s::jsonb -> numbered.workshop_id::text ->> 'zh',
         'workshop_en', %(titles)s::jsonb -> numbered.workshop_id::text ->> 'en',
         'issuer', %(unit)s::text, 'year', %(year)s::int,
         'from', %(from)s::text, 'to', %(to)s::text, 'grade', numbered.grade,
         'terms', terms.listed, 'acts', acts.done,
         'shifts', duty.shifts, 'duty_hours', trim_scale(round(duty.hours, 1))::text,
         'trainings', greatest(coalesce((numbered.counts ->> 'training')::int, 0)
                      + coalesce((numbered.adjusted ->> 'training')::int, 0), 0),
         'seminars', greatest(coalesce((numbered.counts ->> 'seminar')::int, 0)
                     + coalesce((numbered.adjusted ->> 'seminar')::int, 0), 0),
         'issued_on', to_char(%(now)s::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')),
       %(now)s, ''
  FROM (SELECT *, %(first)s + row_number() OVER (ORDER BY id) AS sequence,
               %(year)s * 100000000::bigint + %(offset)s + %(first)s
               + row_number() OVER (ORDER BY id) AS base
          FROM workshops_hostresult WHERE id = ANY (%(results)s)) numbered
  JOIN accounts_user person ON person.id = numbered.user_id
  LEFT JOIN organisations_organisation school ON school.id = person.school_id
 CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_array(term.starts_on, coalesce(
                (term.ended_at AT TIME ZONE 'Asia/Shanghai')::date, term.ends_on))
                ORDER BY term.starts_on, term.id) AS listed
         FROM workshops_host term
        WHERE (term.workshop_id, term.user_id) = (numbered.workshop_id, numbered.user_id)
          AND term.starts_on <= %(to)s AND (term.ends_on IS NULL OR term.ends_on >= %(from)s)
          AND (term.ended_at IS NULL
               OR (term.ended_at AT TIME ZONE 'Asia/Shanghai')::date >= %(from)s)) terms
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(greatest(coalesce((numbered.counts ->> kind)::int, 0)
                           + coalesce((numbered.adjusted ->> kind)::int, 0), 0)), 0) AS done
         FROM unnest(%(acts)s::text[]) AS kind) acts
 CROSS JOIN LATERAL (
       SELECT count(*) AS shifts,
              coalesce(sum(extract(epoch FROM shift.ends_at - shift.starts_at)) / 3600, 0) AS hours
         FROM workshops_dutycheckin there
         JOIN workshops_dutyshift shift ON shift.id = there.shift_id
        WHERE (shift.workshop_id, there.user_id) = (numbered.workshop_id, numbered.user_id)
          AND (there.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(from)s AND %(to)s) duty
 ORDER BY numbered.id
"""  # noqa: S608 - ours
TOLD = """
SELECT user_id, jsonb_build_object('number', number) AS parameters, %(url)s::text AS url,
       'workshops.certified:' || id AS key
  FROM workshops_servicecertificate WHERE result_id = ANY (%(results)s)
"""


@transaction.atomic
def issue_service_certificates(assessment: Assessment, *, by: User) -> int:
    """Number and issue a certificate for every host who passed and has none, set by set.

    The assessment's row is locked and the year's series stays locked, so numbers have no gaps
    and nobody gets two.

    Returns: certificates issued now.
    Raises: NotConfirmedYet; NobodyToCertify.
    Source: R36.
    """
    held = locked(assessment)
    if not held.is_confirmed:
        raise NotConfirmedYet
    rows = list(to_certify(held).order_by("pk").values_list("pk", "workshop"))
    if not rows:
        raise NobodyToCertify
    results = [key for key, _workshop in rows]
    named = {"year": held.programme.year, "count": len(results)}
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBERS, named)
        (last,) = cursor.fetchone()
        cursor.execute(
            ISSUE,
            named
            | {
                "first": last - len(results),
                "offset": ServiceCertificate.first_sequence,
                "results": results,
                "titles": json.dumps(_titles({workshop for _key, workshop in rows})),
                "unit": held.organisation.name,
                "from": held.starts_on.isoformat(),
                "to": held.ends_on.isoformat(),
                "acts": list(Act.values),
                "now": timezone.now(),
            },
        )
    record_act("workshops.issue_certificates", held, by=by, to_state=str(len(results)))
    url = reverse("workshops:service")
    notify_select(TOLD, {"results": results, "url": url}, "workshops.certified")
    return len(results)


def to_certify(assessment: Assessment) -> HostResultQuerySet:
    """Standing results of those who passed and have no certificate."""
    return (
        HostResult.objects.standing()
        .filter(assessment=assessment, certificate=None, confirmed_at__isnull=False)
        .exclude(grade=Grade.FAILED)
    )


@transaction.atomic
def revoke_service_certificate(certificate: ServiceCertificate, *, why: str, by: User) -> None:
    """Mark a certificate as revoked for a reason that the office gives.

    Anybody who checks the certificate reads the reason, so the word list and the link rules
    hold for it (decision 0614). Safe to repeat. Raises: ReasonMissing; WordRefused, LinkRefused.
    """
    if not why.strip():
        raise ReasonMissing
    rules = rules_in_force()
    require_spotless(rules.key if rules else None, "", [why])
    take_back(certificate, why=why, by=by)


def take_back(certificate: ServiceCertificate, *, why: str, by: User) -> None:
    """Mark a certificate as revoked; whoever checks it sees the day and ``why``. Safe to repeat."""
    valid = ServiceCertificate.objects.filter(pk=certificate.pk, revoked_at=None)
    held = valid.select_for_update(no_key=True).first()
    if held is None:
        return
    mark_revoked(held, by=by, why=why.strip())
    record_act("workshops.revoke_certificate", held, by=by, to_state="revoked", why=why)
    words = {"number": held.number, "why": why.strip()}
    key = f"workshops.certificate_revoked:{held.pk}"
    notify(
        [held.user_id],
        "workshops.certificate_revoked",
        words,
        reverse("workshops:service"),
        key=key,
    )


def _titles(workshops: set[int]) -> dict[int, dict[str, str]]:
    """What the workshops are called, in both languages."""
    rooms = list(Workshop.objects.with_place().filter(pk__in=workshops))
    titles: dict[int, dict[str, str]] = {room.pk: {} for room in rooms}
    for language, code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(code):
            for room in rooms:
                titles[room.pk][language] = title_of(room)
    return titles
