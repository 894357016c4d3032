"""What must hold of people and appointments. See ``manage.py verify``."""

from core.invariants import Invariant

INVARIANTS = [
    Invariant(
        name="accounts.appointment_at_a_fitting_level",
        sentence="A principal serves a school, an editor the province, a project officer a bureau.",
        sql="""
            SELECT appointment.id, appointment.role, org.code FROM accounts_appointment appointment
            JOIN organisations_organisation org ON org.id = appointment.organisation_id
            WHERE (appointment.role = 'principal' AND org.level <> 4)
               OR (appointment.role = 'editor' AND org.level <> 1)
               OR (appointment.role = 'project_officer' AND org.level = 4)
        """,
    ),
    Invariant(
        name="accounts.no_appointment_twice_at_once",
        sentence="Nobody holds the same role at the same unit twice on one day.",
        sql="""
            SELECT one.id, other.id FROM accounts_appointment one
            JOIN accounts_appointment other
              ON (other.user_id, other.role, other.organisation_id)
               = (one.user_id, one.role, one.organisation_id) AND other.id > one.id
            WHERE one.ended_at IS NULL AND other.ended_at IS NULL
              AND daterange(one.starts_on, one.ends_on, '[]')
               && daterange(other.starts_on, other.ends_on, '[]')
        """,
    ),
    Invariant(
        name="accounts.nobody_inactive_holds_an_appointment",
        sentence="Somebody who has been deactivated holds no appointment today.",
        sql="""
            SELECT appointment.id, person.id FROM accounts_appointment appointment
            JOIN accounts_user person ON person.id = appointment.user_id
            WHERE NOT person.is_active AND appointment.ended_at IS NULL
              AND (appointment.ends_on IS NULL OR appointment.ends_on
                   >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
        """,
    ),
    Invariant(
        name="accounts.nobody_stands_at_a_closed_unit",
        sentence="Nobody active belongs to a unit that has been closed.",
        sql="""
            SELECT person.id, org.code FROM accounts_user person
            JOIN organisations_organisation org ON org.id = person.school_id
            WHERE person.is_active AND org.valid_to IS NOT NULL
        """,
    ),
    Invariant(
        name="accounts.no_standing_appointment_at_a_closed_unit",
        sentence="No appointment outlives the unit it was given at.",
        sql="""
            SELECT appointment.id, org.code FROM accounts_appointment appointment
            JOIN organisations_organisation org ON org.id = appointment.organisation_id
            WHERE org.valid_to IS NOT NULL AND appointment.ended_at IS NULL
              AND (appointment.ends_on IS NULL OR appointment.ends_on > org.valid_to)
        """,
    ),
    Invariant(
        name="accounts.second_factor_is_sealed",
        sentence="The seed of a second factor is stored encrypted, never as it is.",
        sql="""
            SELECT id, user_id FROM mfa_authenticator
            WHERE type = 'totp' AND length(data ->> 'secret') < 60
        """,
    ),
]
