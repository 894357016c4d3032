"""An office's list of people to seat: judged by set-based SQL over the table ``incoming``.

A row names a person of the unit by name, school and, for namesakes, account. An empty topic means
the workshop of the subject that the person teaches. Each sits through ``join_workshop``, the one
door; for whole rosters there is the placement (R30).
"""

from __future__ import annotations

import json

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain.incoming import refuse_rows
from core.errors import DomainError
from organisations.models import Organisation
from organisations.queries import reach_sql, reach_values
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from workshops.domain.seats import join_workshop
from workshops.enums.seats import Way
from workshops.errors.seats import HostsHere, NotEnrolledHere, NotYourField
from workshops.models import Workshop

COLUMNS = {"name": "text", "school_code": "text", "account": "text", "topic": "text"}
REASONS = {
    "person_unknown": _(
        "Nobody of your schools has this name, school and account; compare the row with the list"
        " of people."
    ),
    "person_ambiguous": _(
        "%(count)s people of the school have this name; fill in the person's account."
    ),
    "not_enrolled": NotEnrolledHere.message,
    "not_your_field": NotYourField.message,
    "workshop_missing": _(
        "Your unit has no open workshop for this; build it first, or place the person above."
    ),
    "hosts_here": HostsHere.message,
    "sits_elsewhere": _(
        "This person already sits in another unit's workshop of the same subject or topic."
    ),
    "row_twice": _("The same person already stands in row %(line)s; delete one of the rows."),
    "not_seated": _("No seat was given: %(why)s"),
}
ADDED = """
ALTER TABLE incoming ADD COLUMN IF NOT EXISTS user_id bigint,
  ADD COLUMN IF NOT EXISTS people integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS stage text, ADD COLUMN IF NOT EXISTS field text,
  ADD COLUMN IF NOT EXISTS main_id bigint, ADD COLUMN IF NOT EXISTS held_main bigint
"""
PEOPLE = f"""
UPDATE incoming i SET user_id = found.user_id, people = found.people, stage = enrolled.stage,
       field = CASE WHEN i.topic IS NULL THEN 'subject:' || enrolled.stage || ':'
                 || enrolled.subject ELSE 'topic:' || i.topic END
  FROM (SELECT row.id, min(person.id) AS user_id, count(*) AS people FROM incoming row
          JOIN organisations_organisation school ON school.code = row.school_code
           AND school.valid_to IS NULL AND {reach_sql("school")}
          JOIN accounts_user person ON person.school_id = school.id AND person.is_active
           AND person.real_name = row.name
           AND (row.account IS NULL OR row.account = person.username)
         GROUP BY row.id) found
  LEFT JOIN programmes_enrolment enrolled ON enrolled.user_id = found.user_id
   AND enrolled.programme_id = %(programme)s AND enrolled.state = 'approved'
 WHERE found.id = i.id
"""  # noqa: S608 - ours
PLACES = """
UPDATE incoming i SET main_id = main.id FROM workshops_workshop main
 WHERE main.programme_id = %(programme)s AND main.organisation_id = %(unit)s
   AND main.number = 1 AND main.state = 'open' AND main.field = i.field
"""
HELD = """
UPDATE incoming i
   SET held_main = CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END,
       target = CASE WHEN i.main_id IN (room.id, room.parent_id) THEN seat.id END
  FROM workshops_membership seat JOIN workshops_workshop room ON room.id = seat.workshop_id
 WHERE seat.teacher_id = i.user_id AND seat.programme_id = %(programme)s
   AND seat.field = i.field AND seat.left_at IS NULL
"""
HOSTING = """
EXISTS (SELECT 1 FROM workshops_host host
          JOIN workshops_workshop hosted ON hosted.id = host.workshop_id
         WHERE host.user_id = i.user_id AND host.ended_at IS NULL
           AND (now() AT TIME ZONE 'Asia/Shanghai')::date
               BETWEEN host.starts_on AND coalesce(host.ends_on, 'infinity')
           AND (hosted.id = i.main_id OR hosted.parent_id = i.main_id AND hosted.number > 1))
"""
# In the order of every other way in: enrolments, then main rows, each by its key.
LOCKED_PEOPLE = """
SELECT count(*) FROM (SELECT enrolled.id FROM programmes_enrolment enrolled
 WHERE enrolled.user_id = ANY (%s) ORDER BY enrolled.id FOR NO KEY UPDATE) held
"""
LOCKED_MAINS = """
SELECT count(*) FROM (SELECT main.id FROM workshops_workshop main
 WHERE main.id = ANY (%s) ORDER BY main.id FOR NO KEY UPDATE) held
"""


def match_people(cursor: CursorWrapper, programme: Programme, unit: Organisation) -> None:
    """Find each row's person, the workshop meant, and the seat that the person may hold there."""
    values = {"programme": programme.pk} | reach_values(unit)
    cursor.execute(ADDED)
    cursor.execute("UPDATE incoming SET target = NULL")
    for statement in (PEOPLE, PLACES, HELD):
        cursor.execute(statement, values)


def refuse_conflicts(cursor: CursorWrapper, programme: Programme) -> None:
    """Append the reasons that person, subject and workshop give."""
    whole = "i.name IS NOT NULL AND i.school_code IS NOT NULL"
    refuse_rows(cursor, "person_unknown", f"i.user_id IS NULL AND {whole}")
    count = "jsonb_build_object('count', i.people)"
    refuse_rows(cursor, "person_ambiguous", "i.people > 1", parameters=count)
    found = "i.people = 1"
    refuse_rows(cursor, "not_enrolled", f"{found} AND i.stage IS NULL")
    refuse_rows(
        cursor,
        "not_your_field",
        f"{found} AND i.topic IS NOT NULL AND i.topic || ' ' || i.stage <> ALL(%(fits)s)",
        values={"fits": _topics_of_stages(programme)},
    )
    missing = f"{found} AND i.stage IS NOT NULL AND i.main_id IS NULL"
    refuse_rows(cursor, "workshop_missing", missing)
    refuse_rows(cursor, "hosts_here", f"{found} AND {HOSTING}")
    refuse_rows(cursor, "sits_elsewhere", f"{found} AND i.held_main <> i.main_id")
    refuse_rows(
        cursor,
        "row_twice",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (PARTITION BY user_id, field) AS first
                        FROM incoming WHERE people = 1) f""",
        parameters="jsonb_build_object('line', f.first)",
    )


def seat_rows(cursor: CursorWrapper, *, by: User | None) -> None:
    """Seat everybody to be added; who is refused at the last moment is told why in the row."""
    cursor.execute(
        "SELECT id, main_id, user_id FROM incoming WHERE outcome = 'added' ORDER BY main_id, line"
    )
    rows = cursor.fetchall()
    cursor.execute(LOCKED_PEOPLE, [[user for *_rest, user in rows]])
    cursor.execute(LOCKED_MAINS, [[main for _key, main, _user in rows]])
    mains = Workshop.objects.with_place().in_bulk({main for _key, main, _user in rows})
    people = User.objects.in_bulk([user for *_rest, user in rows])
    seated, refused = [], []
    for key, main, user in rows:
        try:
            seat = join_workshop(mains[main], teacher=people[user], by=by, way=Way.IMPORT)
            seated.append((key, seat.pk))
        except DomainError as refusal:
            refused.append((key, json.dumps({"why": str(refusal)}, ensure_ascii=False)))
    _note(cursor, seated, refused)


def _note(
    cursor: CursorWrapper, seated: list[tuple[int, int]], refused: list[tuple[int, str]]
) -> None:
    cursor.execute(
        """UPDATE incoming i SET target = done.seat
             FROM unnest(%s::bigint[], %s::bigint[]) AS done (id, seat) WHERE done.id = i.id""",
        [[key for key, _seat in seated], [seat for _key, seat in seated]],
    )
    cursor.execute(
        """UPDATE incoming i SET outcome = 'refused',
                  reasons = jsonb_build_array(jsonb_build_array('not_seated', why.text::jsonb))
             FROM unnest(%s::bigint[], %s::text[]) AS why (id, text) WHERE why.id = i.id""",
        [[key for key, _why in refused], [why for _key, why in refused]],
    )


def _topics_of_stages(programme: Programme) -> list[str]:
    pack = rule_pack_of(programme)
    return [f"{topic.key} {stage}" for topic in pack.topics for stage in topic.stages]
