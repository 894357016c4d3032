"""Building the tree of workshops: one main workshop for every field and unit that is asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from core.domain.audit import record_act
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User

BUILD = """
INSERT INTO workshops_workshop
       (programme_id, kind, stage, subject, topic, organisation_id, number, cap, name, state,
        opened_by_id, opened_at)
SELECT %(programme)s, wanted.kind, wanted.stage, wanted.subject, wanted.topic, unit.id, 1, %(cap)s,
       '', 'open', %(by)s, now()
  FROM unnest(%(kinds)s::text[], %(stages)s::text[], %(subjects)s::text[], %(topics)s::text[])
       AS wanted (kind, stage, subject, topic)
 CROSS JOIN organisations_organisation unit
 WHERE unit.level = ANY (%(levels)s) AND starts_with(unit.path, %(path)s)
   AND (now() AT TIME ZONE 'Asia/Shanghai')::date
       BETWEEN unit.valid_from AND coalesce(unit.valid_to, 'infinity')
 ORDER BY unit.path, wanted.kind, wanted.stage, wanted.subject, wanted.topic
ON CONFLICT (programme_id, field, organisation_id, number) DO NOTHING
"""
# The nearest unit above that has a workshop of the same field.
LINK = """
UPDATE workshops_workshop workshop SET parent_id = above.id
  FROM (SELECT own.id AS own_id, upper.id,
               row_number() OVER (PARTITION BY own.id ORDER BY length(place.path) DESC) AS turn
          FROM workshops_workshop own
          JOIN organisations_organisation unit ON unit.id = own.organisation_id
          JOIN workshops_workshop upper
            ON upper.programme_id = own.programme_id AND upper.field = own.field
           AND upper.number = 1 AND upper.organisation_id <> own.organisation_id
          JOIN organisations_organisation place
            ON place.id = upper.organisation_id AND starts_with(unit.path, place.path)
         WHERE own.programme_id = %(programme)s AND own.number = 1) above
 WHERE workshop.id = above.own_id AND above.turn = 1
   AND workshop.parent_id IS DISTINCT FROM above.id
"""


@transaction.atomic
def build_workshops(
    programme: Programme,
    organisation: Organisation,
    *,
    levels: Collection[int],
    topics: Collection[str] = (),
    with_subjects: bool = True,
    by: User,
) -> int:
    """Open a main workshop for every stage × subject (and ``topics``) at the units of ``levels``
    in the subtree of ``organisation``. Safe to repeat: what is there stays.

    Returns: workshops that are new.
    Source: R29.
    """
    pack = rule_pack_of(programme)
    fields = [
        ("subject", stage, subject.key, "")
        for stage, subjects in pack.stage_subjects.items()
        for subject in subjects
        if with_subjects
    ]
    fields += [("topic", "", "", topic.key) for topic in pack.topics if topic.key in topics]
    columns = zip(*fields, strict=True) if fields else ((), (), (), ())
    kinds, stages, subjects, keys = map(list, columns)
    values: dict[str, Any] = {
        "programme": programme.pk,
        "kinds": kinds,
        "stages": stages,
        "subjects": subjects,
        "topics": keys,
        "levels": list(levels),
        "path": organisation.path,
        "cap": pack.workshop_cap,
        "by": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(BUILD, values)
        built = cursor.rowcount
    link_parents(programme)
    record_act("workshops.build", organisation, by=by, to_state=str(built))
    return built


def link_parents(programme: Programme) -> None:
    """Hang every main workshop of the year below the nearest one above it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(LINK, {"programme": programme.pk})
