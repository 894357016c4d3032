"""Whom to remind before credit registration ends or an answer is due (R17, R20)."""

from datetime import date

from accounts.queries import holds_sql
from credits.models.scope import OFFICERS
from credits.permissions import SCHOOL_ROLES
from notifications.domain.deadlines import DeadlineNote, Select
from programmes.domain.closing import CLOSING, closing_values
from programmes.enums import PhaseKey

REGISTRATION_DAYS = (14, 7, 1)
ANSWER_DAYS = (3, 1)

WAITING = f"""
SELECT appointment.user_id, jsonb_build_object('people', count(DISTINCT registration.id))
       AS parameters, '/credits/registrations/' AS url,
       'credits.<state>:' || closing.programme_id || ':' || appointment.organisation_id || ':'
       || %s::text AS key
  FROM ({CLOSING}) closing
  JOIN credits_registration registration ON registration.school_id = closing.school_id
   AND registration.programme_id = closing.programme_id AND registration.state = '<state>'
  JOIN accounts_appointment appointment ON appointment.organisation_id = registration.<unit>_id
   AND appointment.role = ANY (%s) AND {holds_sql("appointment")}
 WHERE appointment.user_id <> registration.user_id
   AND appointment.user_id IS DISTINCT FROM registration.confirmed_by_id
 GROUP BY appointment.user_id, appointment.organisation_id, closing.programme_id
"""  # noqa: S608 - names of this product only
"""Registrations that wait at a school or a county, for those who may take the next step."""

ANSWERS = f"""
SELECT appointment.user_id, jsonb_build_object('disputes', count(DISTINCT dispute.id))
       AS parameters, '/credits/disputes/' AS url,
       'credits.answers:' || appointment.organisation_id || ':' || %s::text AS key
  FROM credits_hourdispute dispute
  JOIN accounts_appointment appointment ON appointment.organisation_id = dispute.handler_id
   AND appointment.role = ANY (%s) AND {holds_sql("appointment")}
 WHERE dispute.state = 'open' AND dispute.due_on = %s AND appointment.user_id <> dispute.user_id
 GROUP BY appointment.user_id, appointment.organisation_id
"""  # noqa: S608 - as above


def _waiting(last_day: date, state: str, unit: str, roles: tuple[str, ...]) -> Select:
    ends = closing_values(last_day, PhaseKey.CREDIT_REGISTRATION)
    values = [last_day.isoformat(), *ends, [str(role) for role in roles], last_day]
    return WAITING.replace("<state>", state).replace("<unit>", unit), values


def to_confirm(last_day: date) -> Select:
    """Principals and others of the school itself."""
    return _waiting(last_day, "proposed", "school", SCHOOL_ROLES)


def to_register(last_day: date) -> Select:
    """Officers of the county, or of the unit acting as it; not who confirmed for the school."""
    return _waiting(last_day, "confirmed", "county", OFFICERS)


def answers(last_day: date) -> Select:
    """Officers of the unit that owes an answer by the day."""
    roles = [str(role) for role in OFFICERS]
    return ANSWERS, [last_day.isoformat(), roles, last_day, last_day]


DEADLINES = [
    DeadlineNote("credits.to_confirm", to_confirm, REGISTRATION_DAYS),
    DeadlineNote("credits.to_register", to_register, REGISTRATION_DAYS),
    DeadlineNote("credits.answers_due", answers, ANSWER_DAYS),
]
