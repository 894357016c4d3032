"""What must always hold of lessons and of the curriculum they stand in."""

from core.invariants import Invariant
from lessons.domain.file_hashes import altered_files
from lessons.draw_invariants import DRAW
from lessons.hour_invariants import HOURS
from lessons.policy import SCHOOL_YEAR_BEGINS

INVARIANTS = [
    Invariant(
        name="lessons.curriculum_is_a_tree",
        sentence="A node's path continues its parent's; kind, stage and subject follow from it.",
        sql="""
        SELECT n.id, n.path, p.path AS above
          FROM lessons_curriculumnode n
          LEFT JOIN lessons_curriculumnode p ON p.id = n.parent_id
         WHERE n.path <> coalesce(p.path, '') || n.id || '/'
            OR (p.stage, p.subject) <> (n.stage, n.subject)
            OR array_position(ARRAY['grade', 'edition', 'volume', 'unit', 'lesson'], n.kind::text)
               <> coalesce(array_position(
                    ARRAY['grade', 'edition', 'volume', 'unit', 'lesson'], p.kind::text), 0) + 1
        """,
    ),
    Invariant(
        name="lessons.place_fits",
        sentence="A lesson stands at a lesson of the textbook of its own stage and subject.",
        sql="""
        SELECT l.id, l.stage, l.subject, n.kind
          FROM lessons_lesson l JOIN lessons_curriculumnode n ON n.id = l.node_id
         WHERE n.kind <> 'lesson' OR (n.stage, n.subject) <> (l.stage, l.subject)
        """,
    ),
    Invariant(
        name="lessons.upheld_report_bars",
        sentence="A lesson with an upheld report is barred.",
        sql="""
        SELECT r.id, r.lesson_id FROM lessons_lessonreport r
          JOIN lessons_lesson l ON l.id = r.lesson_id
         WHERE r.state = 'upheld' AND l.barred_at IS NULL
        """,
    ),
    Invariant(
        name="lessons.closed_lesson_has_no_audience",
        sentence="Nobody is a viewer of a withdrawn or barred lesson, and it is not public.",
        sql="""
        SELECT l.id, l.state, l.barred_at FROM lessons_lesson l
         WHERE (l.state = 'withdrawn' OR l.barred_at IS NOT NULL)
           AND (EXISTS (SELECT 1 FROM lessons_lessonviewer v
                         WHERE v.lesson_id = l.id AND v.ended_at IS NULL)
             OR EXISTS (SELECT 1 FROM lessons_publicrelease p
                         WHERE p.lesson_id = l.id AND p.withdrawn_at IS NULL))
        """,
    ),
    Invariant(
        name="lessons.barred_lesson_in_no_pool",
        sentence="A barred lesson is outstanding in no year.",
        sql="""
        SELECT o.id, o.lesson_id FROM lessons_outstandinglesson o
          JOIN lessons_lesson l ON l.id = o.lesson_id
         WHERE l.barred_at IS NOT NULL AND o.withdrawn_at IS NULL
        """,
    ),
    Invariant(
        name="lessons.recordings_without_gap",
        sentence="The versions of a lesson's recording are numbered from 1 without a gap.",
        sql="""
        SELECT lesson_id, count(*), max(number) FROM lessons_lessonrecording
         GROUP BY lesson_id HAVING count(*) <> max(number)
        """,
    ),
    Invariant(
        name="lessons.research_in_its_school_year",
        sentence="A research lesson stands in the school year of its day.",
        sql=f"""
        SELECT id, held_on, school_year FROM lessons_researchlesson
         WHERE school_year <> extract(year FROM held_on)
             - CASE WHEN extract(month FROM held_on) < {SCHOOL_YEAR_BEGINS} THEN 1 ELSE 0 END
        """,  # noqa: S608 - own number
    ),
    Invariant(
        name="lessons.files_unaltered",
        sentence="Materials and consent records are there, byte for byte as they were brought.",
        find=altered_files,
    ),
    *DRAW,
    *HOURS,
]
