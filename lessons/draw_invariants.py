"""What must always hold of the draw (R9, A3, A4)."""

from core.invariants import Invariant
from lessons.domain.drawing.checking import draws_that_do_not_replay

UNREVIEWED = """assignment.replaced_at IS NULL AND NOT EXISTS (
           SELECT 1 FROM lessons_review review
            WHERE review.assignment_id = assignment.id AND review.state = 'sent')"""

DRAW = [
    Invariant(
        name="lessons.draw_replays",
        sentence="Every announced draw replays from its published files, loads even to one"
        " unless the whole ladder was climbed, and everybody holds what they say.",
        find=draws_that_do_not_replay,
    ),
    Invariant(
        name="lessons.draw_full_or_recorded",
        sentence="Everybody of a drawn roster holds all lessons, or what is missing is on record.",
        sql="""
        SELECT line.id, line.draw_id, line.missing, count(assignment.id) AS held
          FROM lessons_rosterline line
          JOIN lessons_draw draw ON draw.id = line.draw_id AND draw.state = 'drawn'
          LEFT JOIN lessons_caseassignment assignment ON assignment.draw_id = line.draw_id
           AND assignment.user_id = line.user_id AND assignment.replaced_at IS NULL
         GROUP BY line.id, draw.id
        HAVING count(assignment.id) + line.missing <> (draw.rules ->> 'lessons')::int
        """,
    ),
    Invariant(
        name="lessons.draw_never_ones_own",
        sentence="Nobody was given a lesson that is their own, or of their own school.",
        sql=f"""
        SELECT assignment.id, assignment.user_id, lesson.id AS lesson_id
          FROM lessons_caseassignment assignment
          JOIN lessons_draw draw ON draw.id = assignment.draw_id
          JOIN lessons_rosterline line ON line.draw_id = draw.id
           AND line.user_id = assignment.user_id
          JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
          JOIN lessons_lesson lesson ON lesson.id = outstanding.lesson_id
         WHERE {UNREVIEWED}
           AND (lesson.teacher_id = assignment.user_id
                OR lesson.school_id = line.school_id AND (draw.rules ->> 'avoid_own_school')::bool)
        """,  # noqa: S608 - only the text above is put in
    ),
    Invariant(
        name="lessons.draw_keeps_exclusions",
        sentence="Nobody was given a lesson from which they had been excluded before.",
        sql=f"""
        SELECT assignment.id, exclusion.id AS exclusion_id
          FROM lessons_caseassignment assignment
          JOIN lessons_draw draw ON draw.id = assignment.draw_id
          LEFT JOIN lessons_drawsupplement supplement ON supplement.id = assignment.supplement_id
          JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
          JOIN lessons_outstandinglesson other ON other.lesson_id = outstanding.lesson_id
          JOIN lessons_caseexclusion exclusion ON exclusion.lesson_id = other.id
           AND exclusion.user_id = assignment.user_id
         WHERE {UNREVIEWED}
           AND exclusion.declared_at < coalesce(supplement.made_at, draw.committed_at)
        """,  # noqa: S608 - only the text above is put in
    ),
    Invariant(
        name="lessons.pool_of_national_curriculum",
        sentence="Only lessons of the national curriculum stand in the pool of the draw (R53).",
        sql="""
        SELECT outstanding.id, lesson.curriculum
          FROM lessons_outstandinglesson outstanding
          JOIN lessons_lesson lesson ON lesson.id = outstanding.lesson_id
         WHERE outstanding.withdrawn_at IS NULL AND lesson.curriculum <> 'national'
        """,
    ),
]
