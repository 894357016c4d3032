"""What must always hold of calls for hosts and of the lists that units file."""

from core.invariants import Invariant
from workshops.enums.hosting import NEXT_APPLICATION_STATES, NEXT_LIST_STATES


def _steps(table: dict) -> str:
    """A table of next states as rows of SQL: ('', 'volunteered'), …"""
    return ", ".join(
        f"('{before!s}', '{after!s}')" for before, nexts in table.items() for after in sorted(nexts)
    )


def _signed(signature: str, row: str, key: str, table: dict) -> str:
    """The rows whose signatures skip a step, or whose state nobody signed."""
    return f"""
    WITH signed AS (
        SELECT {key} AS row_id, state, id,
               coalesce(lag(state) OVER turn, '') AS before, lead(id) OVER turn AS next
          FROM {signature} WINDOW turn AS (PARTITION BY {key} ORDER BY id)
    ), steps (before, after) AS (VALUES {_steps(table)})
    SELECT row_id, before, state FROM signed
     WHERE NOT EXISTS (SELECT 1 FROM steps
                        WHERE steps.before = signed.before AND steps.after = signed.state)
    UNION ALL
    SELECT held.id, held.state, newest.state FROM {row} held
      LEFT JOIN signed newest ON newest.row_id = held.id AND newest.next IS NULL
     WHERE newest.state IS DISTINCT FROM held.state
    """  # noqa: S608 - names of this product's own tables


HOSTING = [
    Invariant(
        name="workshops.applications_signed_step_by_step",
        sentence="Every step of an application is signed, in an order that is allowed.",
        sql=_signed(
            "workshops_applicationsignature",
            "workshops_hostapplication",
            "application_id",
            NEXT_APPLICATION_STATES,
        ),
    ),
    Invariant(
        name="workshops.selected_volunteers_host",
        sentence="Whoever is selected has a place within the number sought and the own term in a"
        " workshop of the topic.",
        sql="""
        SELECT held.id, held.place, topic.places, term.workshop_id
          FROM workshops_hostapplication held
          JOIN workshops_calltopic topic ON topic.id = held.topic_id
          JOIN workshops_hostcall call ON call.id = topic.call_id
          JOIN workshops_host term ON term.id = held.term_id
          JOIN workshops_workshop room ON room.id = term.workshop_id
         WHERE held.state = 'selected'
           AND (held.place > topic.places OR term.user_id <> held.applicant_id
                OR (room.programme_id, room.topic) <> (call.programme_id, topic.topic))
        """,
    ),
    Invariant(
        name="workshops.lists_signed_step_by_step",
        sentence="Every step of a list of hosts is signed, in an order that is allowed.",
        sql=_signed(
            "workshops_listsignature", "workshops_listversion", "version_id", NEXT_LIST_STATES
        ),
    ),
    Invariant(
        name="workshops.filed_lists_frozen",
        sentence="The rows of every version of a list are those it was sent with.",
        sql="""
        SELECT version.id, version.size, count(entry.id)
          FROM workshops_listversion version
          LEFT JOIN workshops_listentry entry ON entry.version_id = version.id
         GROUP BY version.id
        HAVING version.size <> count(entry.id) OR version.digest <> encode(sha256(convert_to(
               coalesce(string_agg(concat_ws(E'\\t', entry.position, entry.field, entry.name,
                        entry.unit, entry.qualification,
                        to_char(entry.starts_on, 'YYYY-MM-DD'),
                        coalesce(to_char(entry.ends_on, 'YYYY-MM-DD'), ''), entry.term_id),
                        E'\\n' ORDER BY entry.position), ''), 'UTF8')), 'hex')
        """,
    ),
    Invariant(
        name="workshops.lists_skip_no_level",
        sentence="A county's list below a city is filed only after its city has passed it on.",
        sql="""
        SELECT version.id, unit.id FROM workshops_listversion version
          JOIN workshops_hostlist list ON list.id = version.host_list_id
          JOIN organisations_organisation unit ON unit.id = list.organisation_id
          JOIN organisations_organisation above ON above.id = unit.parent_id
         WHERE version.state = 'filed' AND above.level > 1
           AND NOT EXISTS (SELECT 1 FROM workshops_listsignature signed
                            WHERE signed.version_id = version.id AND signed.state = 'forwarded')
        """,
    ),
]
