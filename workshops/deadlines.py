"""Whom to remind before schools must have recommended (R34)."""

from datetime import date

from django.utils import timezone

from accounts.queries import holds_sql
from notifications.domain.deadlines import DeadlineNote, Select

RECOMMENDING_DAYS = (3, 1)

WAITING = f"""
SELECT appointment.user_id,
       jsonb_build_object('people', count(DISTINCT application.id)) AS parameters,
       '/workshops/hosting/recommend/' AS url,
       'workshops.recommend_due:' || call.id || ':' || %s::text AS key
  FROM workshops_hostcall call
  JOIN workshops_calltopic topic ON topic.call_id = call.id
  JOIN workshops_hostapplication application ON application.topic_id = topic.id
   AND application.state = 'volunteered'
  JOIN organisations_organisation school ON school.id = application.school_id
  JOIN accounts_appointment appointment ON {holds_sql("appointment")}
   AND appointment.user_id <> application.applicant_id
   AND (appointment.organisation_id = school.id AND appointment.role = 'principal'
        OR appointment.organisation_id = coalesce(school.acting_county_id, school.parent_id)
           AND appointment.role = 'administrator' AND NOT EXISTS (
               SELECT FROM accounts_appointment head
                WHERE head.organisation_id = school.id AND head.role = 'principal'
                  AND {holds_sql("head")} AND head.user_id <> application.applicant_id))
 WHERE call.recommends_until = %s
 GROUP BY appointment.user_id, call.id
"""  # noqa: S608 - names of this product only
"""Principals with volunteers that wait; where there is none, the county's administrators."""


def to_recommend(last_day: date) -> Select:
    """Those who still have to speak for a volunteer by ``last_day``."""
    today = timezone.localdate()
    return WAITING, [last_day.isoformat(), today, today, last_day]


DEADLINES = [DeadlineNote("workshops.recommend_due", to_recommend, RECOMMENDING_DAYS)]
