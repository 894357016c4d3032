"""What must always hold of trainings and seminars: places, waiting lists, who was there."""

from core.invariants import Invariant

GATHERINGS = [
    Invariant(
        name="workshops.places_within_capacity",
        sentence="Nobody holds a place above the capacity of a training or seminar.",
        sql="""
        SELECT attendee.id, attendee.gathering_id, attendee.place, gathering.capacity
          FROM workshops_attendee attendee
          JOIN workshops_gathering gathering ON gathering.id = attendee.gathering_id
         WHERE attendee.place > gathering.capacity
        """,
    ),
    Invariant(
        name="workshops.nobody_waits_beside_a_free_place",
        sentence="Somebody waits only while every place is taken.",
        sql="""
        SELECT gathering.id, gathering.capacity, count(attendee.place), count(attendee.waiting)
          FROM workshops_gathering gathering
          JOIN workshops_attendee attendee ON attendee.gathering_id = gathering.id
         GROUP BY gathering.id
        HAVING count(attendee.waiting) > 0
           AND count(attendee.place) < coalesce(gathering.capacity, count(*))
        """,
    ),
    Invariant(
        name="workshops.present_where_on_the_list",
        sentence="Who is entered for a meeting is on the list of that training or seminar.",
        sql="""
        SELECT attendance.id, attendance.meeting_id, attendance.attendee_id
          FROM workshops_attendance attendance
          JOIN workshops_meeting meeting ON meeting.id = attendance.meeting_id
          JOIN workshops_attendee attendee ON attendee.id = attendance.attendee_id
         WHERE meeting.gathering_id <> attendee.gathering_id
        """,
    ),
    Invariant(
        name="workshops.gatherings_meet",
        sentence="Every training and seminar has at least one meeting.",
        sql="""
        SELECT gathering.id, gathering.title FROM workshops_gathering gathering
         WHERE NOT EXISTS (SELECT 1 FROM workshops_meeting meeting
                            WHERE meeting.gathering_id = gathering.id)
        """,
    ),
]
