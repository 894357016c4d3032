"""Teachers hear of a call for hosts as soon as one can volunteer (R34)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from notifications.domain.notify import notify_select

OPENED = """
SELECT enrolment.user_id,
       jsonb_build_object('title', call.title, 'last_day', call.closes_on) AS parameters,
       '/workshops/hosting/calls/' || call.id || '/' AS url,
       'workshops.call_opened:' || call.id AS key
  FROM workshops_hostcall call
  JOIN organisations_organisation province ON province.id = call.organisation_id
  JOIN programmes_enrolment enrolment ON enrolment.programme_id = call.programme_id
   AND enrolment.state = 'approved'
  JOIN organisations_organisation school ON school.id = enrolment.school_id
   AND starts_with(school.path, province.path)
 WHERE %s BETWEEN call.opens_on AND call.closes_on
"""


@transaction.atomic
def announce_calls(today: date) -> int:
    """Tell the province's approved teachers of every call that is open ``today``.

    Safe to repeat: each hears of a call once, and who is approved later hears of it then.

    Returns: persons told now.
    """
    return notify_select(OPENED, [today], "workshops.call_opened")
