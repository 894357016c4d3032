"""The facts by which hosts are put in order for the national training."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from workshops.models import PriorityLine, PriorityList
from workshops.queries.gatherings import TRAINING_PRESENCES

if TYPE_CHECKING:
    from accounts.models import User
    from organisations.models import Organisation
    from programmes.models import Programme

# One row per host of today: the unit of the highest level at which the person hosts, trainings of
# the year, first day of the first term ever.
FACTS = f"""
SELECT DISTINCT ON (person.id) person.id, person.real_name, coalesce(school.name, ''), unit.name,
       unit.level, coalesce(trained.trainings, 0),
       (SELECT min(every.starts_on) FROM workshops_host every WHERE every.user_id = person.id)
  FROM workshops_host term
  JOIN workshops_workshop hosted ON hosted.id = term.workshop_id
  JOIN organisations_organisation unit ON unit.id = hosted.organisation_id
  JOIN accounts_user person ON person.id = term.user_id AND person.is_active
  LEFT JOIN organisations_organisation school ON school.id = person.school_id
  LEFT JOIN ({TRAINING_PRESENCES}) trained ON trained.user_id = person.id
 WHERE hosted.programme_id = %(programme)s AND starts_with(unit.path, %(path)s)
   AND unit.level < 4
   AND term.ended_at IS NULL
   AND (now() AT TIME ZONE 'Asia/Shanghai')::date
       BETWEEN term.starts_on AND coalesce(term.ends_on, 'infinity')
 ORDER BY person.id, unit.level, unit.path
"""  # noqa: S608 - own text


def host_facts(
    programme: Programme, organisation: Organisation
) -> list[tuple[int, str, str, str, int, int, date]]:
    """One row per host of today at or below the unit. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"programme": programme.pk, "path": organisation.path})
        return cursor.fetchall()


def latest_list(programme: Programme, organisation: Organisation) -> PriorityList | None:
    """The version that holds."""
    lists = PriorityList.objects.filter(programme=programme, organisation=organisation)
    return lists.order_by("-version").first()


def own_rank(user: User) -> PriorityLine | None:
    """One's own line in the newest version that has one. One query."""
    rows = PriorityLine.objects.filter(user=user).select_related("listing__organisation")
    return rows.order_by("-listing__issued_at", "-pk").first()
