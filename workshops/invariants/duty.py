"""What must always hold of shifts, check-ins, swaps, hand-overs and guidance plans."""

from core.invariants import Invariant

DUTY = [
    Invariant(
        name="workshops.shifts_never_overlap",
        sentence="No host has two shifts at one time, and no family either.",
        sql="""
        SELECT one.id, other.id FROM workshops_dutyshift one
          JOIN workshops_dutyshift other ON other.id > one.id
           AND (other.user_id = one.user_id OR other.workshop_id = one.workshop_id)
           AND other.starts_at < one.ends_at AND one.starts_at < other.ends_at
        """,
    ),
    Invariant(
        name="workshops.shifts_inside_terms",
        sentence="Whoever is to serve a coming shift hosts its main workshop on that day.",
        sql="""
        SELECT shift.id, shift.user_id, shift.starts_at FROM workshops_dutyshift shift
          JOIN workshops_workshop workshop ON workshop.id = shift.workshop_id
         WHERE shift.user_id IS NOT NULL AND shift.starts_at > now()
           AND (workshop.number > 1 OR NOT EXISTS (
               SELECT 1 FROM workshops_host term
                WHERE term.workshop_id = shift.workshop_id AND term.user_id = shift.user_id
                  AND term.ended_at IS NULL
                  AND daterange(term.starts_on, term.ends_on, '[]')
                      @> (shift.starts_at AT TIME ZONE 'Asia/Shanghai')::date))
        """,
    ),
    Invariant(
        name="workshops.check_in_by_who_served",
        sentence="A shift has one check-in at most, by its own host, before it ended.",
        sql="""
        SELECT seen.shift_id, min(seen.user_id), count(*) FROM workshops_dutycheckin seen
          JOIN workshops_dutyshift shift ON shift.id = seen.shift_id
         GROUP BY seen.shift_id, shift.user_id, shift.starts_at, shift.ends_at
        HAVING count(*) > 1 OR bool_or(seen.user_id IS DISTINCT FROM shift.user_id)
            OR bool_or(seen.at >= shift.ends_at OR seen.at < shift.starts_at - interval '1 hour')
        """,
    ),
    Invariant(
        name="workshops.swaps_consistent",
        sentence="A swap is between shifts of one family and was answered before they began.",
        sql="""
        SELECT swap.id, swap.state FROM workshops_dutyswap swap
          JOIN workshops_dutyshift own ON own.id = swap.shift_id
          LEFT JOIN workshops_dutyshift other ON other.id = swap.against_id
         WHERE other.workshop_id <> own.workshop_id OR other.id = own.id
            OR swap.state = 'accepted'
           AND (swap.answered_at >= own.starts_at OR swap.answered_at >= other.starts_at)
        UNION ALL
        SELECT cover.id, 'cover' FROM workshops_dutycover cover
          JOIN workshops_dutyshift shift ON shift.id = cover.shift_id
         WHERE cover.taken_at >= shift.ends_at OR cover.taken_by_id = cover.asked_by_id
        """,
    ),
    Invariant(
        name="workshops.hand_over_chain",
        sentence="Questions go to a later shift of the same family, and wait until then.",
        sql="""
        SELECT handed.id, handed.thread_id FROM workshops_handover handed
          JOIN workshops_dutyshift shift ON shift.id = handed.shift_id
          JOIN workshops_dutyshift later ON later.id = handed.to_id
          JOIN workshops_thread thread ON thread.id = handed.thread_id
         WHERE later.workshop_id <> shift.workshop_id OR later.starts_at < shift.ends_at
            OR thread.kind <> 'question' OR thread.created_at >= shift.ends_at
            OR shift.handed_at IS NULL
        """,
    ),
    Invariant(
        name="workshops.guidance_versions_without_gap",
        sentence="Versions of a guidance plan are numbered from 1 without a gap.",
        sql="""
        SELECT workshop_id, max(number), count(number) FROM workshops_guidanceplan
         WHERE number IS NOT NULL GROUP BY workshop_id HAVING max(number) <> count(*)
        """,
    ),
    Invariant(
        name="workshops.activities_carried_out_by_their_family",
        sentence="A planned activity is carried out by an offline seminar of the same family.",
        sql="""
        SELECT link.id, link.workshop_id, link.gathering_id FROM workshops_activitygathering link
          JOIN workshops_gathering seminar ON seminar.id = link.gathering_id
          LEFT JOIN workshops_workshop room ON room.id = seminar.workshop_id
         WHERE room.id IS NULL
            OR CASE WHEN room.number = 1 THEN room.id ELSE room.parent_id END <> link.workshop_id
        """,
    ),
]
