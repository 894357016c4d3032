"""What the database itself does when seats are taken and left.

By the statement, not by the row: a roster is one statement, and a trigger per row would cost
more than the roster.
"""

import pgtrigger

REFUSE = """
    THEN RAISE EXCEPTION 'a workshop has no seat above its cap' USING ERRCODE = 'check_violation';
    END IF;
"""
COUNT = """
    UPDATE workshops_workshop workshop SET taken = workshop.taken + change.people
      FROM (SELECT workshop_id, sum(people) AS people FROM ({rows}) seat
             GROUP BY workshop_id HAVING sum(people) <> 0) change
     WHERE workshop.id = change.workshop_id;
    RETURN NULL;
"""
TAKEN = "SELECT workshop_id, 1 AS people FROM now_held WHERE left_at IS NULL"
LEFT = "SELECT workshop_id, -1 AS people FROM was_held WHERE left_at IS NULL"


def _counting(name: str, operation: pgtrigger.Operation, rows: str, **tables: str):
    return pgtrigger.Trigger(
        name=f"membership_count_{name}",
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(**tables),
        func=COUNT.format(rows=rows),
    )


SEAT_TRIGGERS = [
    pgtrigger.Trigger(
        name="membership_seats_within_caps",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(new="taken"),
        func=f"""
            IF EXISTS (SELECT 1 FROM taken JOIN workshops_workshop workshop
                           ON workshop.id = taken.workshop_id
                        WHERE taken.seat > workshop.cap) {REFUSE}
            RETURN NULL;
        """,  # noqa: S608 - own text
    ),
    pgtrigger.Trigger(
        name="membership_seat_within_cap",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("seat", "workshop_id"),
        func=f"""
            IF NEW.seat > (SELECT cap FROM workshops_workshop
                            WHERE id = NEW.workshop_id) {REFUSE}
            RETURN NEW;
        """,  # noqa: S608 - own text
    ),
    _counting("taken", pgtrigger.Insert, TAKEN, new="now_held"),
    _counting("left", pgtrigger.Delete, LEFT, old="was_held"),
    _counting(
        "changed", pgtrigger.Update, f"{TAKEN} UNION ALL {LEFT}", new="now_held", old="was_held"
    ),
]
