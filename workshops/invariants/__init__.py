"""What must always hold of workshops, their seats and their hosts."""

from core.invariants import Invariant
from workshops.invariants.assessment import ASSESSMENT
from workshops.invariants.duty import DUTY
from workshops.invariants.gatherings import GATHERINGS
from workshops.invariants.hosting import HOSTING
from workshops.invariants.talk import TALK

INVARIANTS = [
    Invariant(
        name="workshops.seats_within_the_cap",
        sentence="Nobody sits on a seat above the cap, so nobody is in a workshop beyond it.",
        sql="""
        SELECT held.id, held.workshop_id, held.seat, workshop.cap
          FROM workshops_membership held JOIN workshops_workshop workshop
            ON workshop.id = held.workshop_id
         WHERE held.left_at IS NULL AND held.seat > workshop.cap
        """,
    ),
    Invariant(
        name="workshops.sums_of_seats",
        sentence="What a workshop says of its seats taken is what its members hold.",
        sql="""
        SELECT workshop.id, workshop.taken, count(held.id)
          FROM workshops_workshop workshop
          LEFT JOIN workshops_membership held
            ON held.workshop_id = workshop.id AND held.left_at IS NULL
         GROUP BY workshop.id HAVING workshop.taken <> count(held.id)
        """,
    ),
    Invariant(
        name="workshops.one_seat_per_person_and_field",
        sentence="One person holds one seat per subject or topic and year, of the own workshop's.",
        sql="""
        SELECT teacher_id, programme_id, field, count(*) FROM workshops_membership
         WHERE left_at IS NULL GROUP BY 1, 2, 3 HAVING count(*) > 1
        UNION ALL
        SELECT held.teacher_id, held.programme_id, held.field, 0 FROM workshops_membership held
          JOIN workshops_workshop workshop ON workshop.id = held.workshop_id
         WHERE (held.programme_id, held.field) <> (workshop.programme_id, workshop.field)
        """,
    ),
    Invariant(
        name="workshops.seats_follow_enrolments",
        sentence="Whoever sits in a subject's workshop of the running year is enrolled for it.",
        sql="""
        SELECT held.id, held.teacher_id, held.field, enrolment.stage, enrolment.subject,
               enrolment.state
          FROM workshops_membership held
          JOIN programmes_programme programme ON programme.id = held.programme_id
           AND programme.is_current
          LEFT JOIN programmes_enrolment enrolment
            ON enrolment.user_id = held.teacher_id AND enrolment.programme_id = programme.id
         WHERE held.left_at IS NULL
           AND (enrolment.id IS NULL OR enrolment.state = 'withdrawn'
                OR held.field LIKE 'subject:%'
               AND held.field <> 'subject:' || enrolment.stage || ':' || enrolment.subject)
        """,
    ),
    Invariant(
        name="workshops.families_hang_together",
        sentence="A sub-workshop has its main one's year, field and place; numbers have no gap.",
        sql="""
        SELECT sub.id, sub.parent_id, 'main' AS fault
          FROM workshops_workshop sub JOIN workshops_workshop main ON main.id = sub.parent_id
         WHERE sub.number > 1 AND (main.number <> 1
            OR (sub.programme_id, sub.field, sub.organisation_id)
            <> (main.programme_id, main.field, main.organisation_id))
        UNION ALL
        SELECT min(id), max(number), 'gap' FROM workshops_workshop
         GROUP BY programme_id, field, organisation_id HAVING max(number) <> count(*)
        """,
    ),
    Invariant(
        name="workshops.main_below_main",
        sentence="A main workshop hangs below one of the same field at a unit above its own.",
        sql="""
        SELECT own.id, own.parent_id
          FROM workshops_workshop own
          JOIN workshops_workshop above ON above.id = own.parent_id
          JOIN organisations_organisation unit ON unit.id = own.organisation_id
          JOIN organisations_organisation place ON place.id = above.organisation_id
         WHERE own.number = 1 AND (above.number <> 1 OR unit.id = place.id
            OR NOT starts_with(unit.path, place.path)
            OR (own.programme_id, own.field) <> (above.programme_id, above.field))
        """,
    ),
    Invariant(
        name="workshops.hosts_have_no_seat",
        sentence="Whoever hosts a workshop today does not sit among the members of its family.",
        sql="""
        SELECT host.id, host.user_id, held.workshop_id
          FROM workshops_host host
          JOIN workshops_workshop room
            ON room.id = host.workshop_id
            OR room.parent_id = host.workshop_id AND room.number > 1
          JOIN workshops_membership held
            ON held.workshop_id = room.id AND held.teacher_id = host.user_id
           AND held.left_at IS NULL
         WHERE host.ended_at IS NULL
           AND (now() AT TIME ZONE 'Asia/Shanghai')::date
               BETWEEN host.starts_on AND coalesce(host.ends_on, 'infinity')
        """,
    ),
    Invariant(
        name="workshops.placed_as_previewed",
        sentence="A placement that was carried out gave as many seats as its preview said.",
        sql="""
        SELECT placement.id, placement.preview ->> 'people' AS said, count(seat.id) AS given
          FROM workshops_placement placement
          LEFT JOIN workshops_membership seat
            ON seat.programme_id = placement.programme_id AND seat.way = 'placement'
           AND seat.joined_at = placement.done_at
         WHERE placement.state = 'done'
         GROUP BY placement.id HAVING (placement.preview ->> 'people')::int <> count(seat.id)
        """,
    ),
    *TALK,
    *DUTY,
    *GATHERINGS,
    *HOSTING,
    *ASSESSMENT,
]
