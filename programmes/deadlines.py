"""Whom to remind before enrolment ends (R28)."""

from datetime import date

from accounts.enums import Role
from accounts.queries import holds_sql
from notifications.domain.deadlines import DeadlineNote, Select
from programmes.domain.phases import last_day_sql
from programmes.enums import PhaseKey

UNCONFIRMED = f"""
SELECT enrolment.user_id, '{{}}'::jsonb AS parameters, '/programmes/enrolment/' AS url,
       'programmes.unconfirmed:' || phase.id || ':' || %s::text AS key
  FROM programmes_programme programme
  JOIN programmes_phase phase ON phase.programme_id = programme.id AND phase.key = %s
  JOIN programmes_enrolment enrolment ON enrolment.programme_id = programme.id
  JOIN organisations_organisation school ON school.id = enrolment.school_id
 WHERE programme.is_current AND enrolment.state = 'entered'
   AND {last_day_sql("phase", "school")} = %s
"""  # noqa: S608 - names of this product only

MISSING = f"""
SELECT appointment.user_id, jsonb_build_object('people', count(*), 'school', school.name)
       AS parameters, '/programmes/school/' || school.id || '/missing/' AS url,
       'programmes.missing:' || phase.id || ':' || school.id || ':' || %s::text AS key
  FROM programmes_programme programme
  JOIN programmes_phase phase ON phase.programme_id = programme.id AND phase.key = %s
  JOIN accounts_appointment appointment ON appointment.role = %s
   AND {holds_sql("appointment")}
  JOIN organisations_organisation school ON school.id = appointment.organisation_id
  JOIN accounts_user person ON person.school_id = school.id AND person.is_active
 WHERE programme.is_current
   AND NOT EXISTS (SELECT FROM programmes_enrolment enrolment
                    WHERE enrolment.programme_id = programme.id
                      AND enrolment.user_id = person.id)
   AND {last_day_sql("phase", "school")} = %s
 GROUP BY appointment.user_id, school.id, phase.id
"""  # noqa: S608 - as above


def unconfirmed(last_day: date) -> Select:
    """People whose school has entered them and who have not said whether it is right."""
    return UNCONFIRMED, [last_day.isoformat(), PhaseKey.ENROLMENT, last_day]


def missing(last_day: date) -> Select:
    """Principals of schools with people on no list."""
    return MISSING, [
        last_day.isoformat(),
        PhaseKey.ENROLMENT,
        Role.PRINCIPAL,
        last_day,
        last_day,
    ]


DEADLINES = [
    DeadlineNote("programmes.enrolment_unconfirmed", unconfirmed),
    DeadlineNote("programmes.enrolment_missing", missing),
]
