"""A school enters several of its own people at once."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from organisations.models import Organisation
from programmes.domain.bulk_enrolment import BulkOutcome, enter_enrolments_bulk
from programmes.domain.person_types import usual_type
from programmes.models import Programme

SAME_FIELD = """
SELECT person.id AS user_id, person.school_id, %s::text AS stage, %s::text AS subject,
       %s::text AS person_type, ''::text AS certificate_number
  FROM accounts_user person
 WHERE person.id = ANY(%s) AND person.school_id = %s AND person.is_active
"""

AS_LAST_YEAR = """
SELECT person.id AS user_id, person.school_id, last.stage, last.subject, last.person_type,
       last.certificate_number
  FROM accounts_user person
  JOIN LATERAL (
       SELECT enrolment.*
         FROM programmes_enrolment enrolment
         JOIN programmes_programme programme ON programme.id = enrolment.programme_id
        WHERE enrolment.user_id = person.id AND programme.year < %s
        ORDER BY programme.year DESC, enrolment.id DESC
        LIMIT 1
       ) last ON true
 WHERE person.id = ANY(%s) AND person.school_id = %s AND person.is_active
"""


def enter_people(
    programme: Programme,
    school: Organisation,
    user_ids: Sequence[int],
    *,
    stage: str,
    subject: str,
    by: User,
) -> BulkOutcome:
    """Enter people of ``school`` for one stage and subject, as the usual type of the school.

    People of other schools and rows that do not fit are left out.

    Raises: PhaseClosed.
    """
    values = [stage, subject, usual_type(school.kind).value, list(user_ids), school.pk]
    return enter_enrolments_bulk(programme, SAME_FIELD, values, by=by, organisation=school)


def enter_as_last_year(
    programme: Programme, school: Organisation, user_ids: Sequence[int], *, by: User
) -> BulkOutcome:
    """Enter people of ``school`` with stage, subject and type of their latest earlier year.

    Raises: PhaseClosed.
    """
    values = [programme.year, list(user_ids), school.pk]
    return enter_enrolments_bulk(programme, AS_LAST_YEAR, values, by=by, organisation=school)
