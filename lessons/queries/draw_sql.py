"""What the pool and the roster of a draw are, as SQL: once for the draw, once for its desks."""

VERDICT = """CASE
    WHEN <lesson>.curriculum <> 'national' THEN 'not_national'
    WHEN <lesson>.barred_at IS NOT NULL THEN 'barred'
    WHEN <lesson>.state <> 'chosen' THEN 'not_chosen'
    WHEN <lesson>.node_id IS NULL THEN 'no_place'
    WHEN NOT EXISTS (
        SELECT 1 FROM lessons_lessonrecording recording
          JOIN videos_video video ON video.id = recording.video_id AND video.state = 'ready'
         WHERE recording.lesson_id = <lesson>.id) THEN 'no_recording'
    ELSE 'fit' END"""


def verdict_on(alias: str) -> str:
    """Why the lesson under ``alias`` may or may not go to the province, as an expression.

    National curriculum only (R53), chosen by its school, not barred (R56), placed in the
    textbook, and with a recording that plays (R42).
    """
    return VERDICT.replace("<lesson>", alias)


LIVE = """lesson.state = 'chosen' AND lesson.barred_at IS NULL
       AND lesson.curriculum = 'national' AND outstanding.withdrawn_at IS NULL"""
"""A pushed lesson that may be given: chosen by its school, not barred, not withdrawn (R53, R56)."""

POOL = f"""
WITH groups AS (
    SELECT * FROM unnest(%(stages)s::text[], %(subjects)s::text[], %(nexts)s::text[])
                  AS t(stage, subject, next_stage)
), offered AS (
    SELECT groups.stage, groups.subject, 'city' AS rung, outstanding.id, 0 AS age
      FROM groups JOIN lessons_outstandinglesson outstanding USING (stage, subject)
     WHERE outstanding.programme_id = %(programme)s AND NOT outstanding.nominated
    UNION ALL
    SELECT groups.stage, groups.subject, 'earlier_years', outstanding.id,
           %(year)s - programme.year
      FROM groups JOIN lessons_outstandinglesson outstanding USING (stage, subject)
      JOIN programmes_programme programme ON programme.id = outstanding.programme_id
     WHERE programme.year < %(year)s AND NOT outstanding.nominated
    UNION ALL
    SELECT groups.stage, groups.subject, 'next_stage', outstanding.id, 0
      FROM groups JOIN lessons_outstandinglesson outstanding
        ON outstanding.stage = groups.next_stage AND outstanding.subject = groups.subject
     WHERE outstanding.programme_id = %(programme)s AND NOT outstanding.nominated
    UNION ALL
    SELECT groups.stage, groups.subject, 'nominated', outstanding.id, 0
      FROM groups JOIN lessons_outstandinglesson outstanding USING (stage, subject)
     WHERE outstanding.programme_id = %(programme)s AND outstanding.nominated
)
SELECT DISTINCT ON (offered.stage, offered.subject, lesson.id)
       offered.stage, offered.subject, offered.rung, outstanding.id, lesson.id,
       lesson.school_id, city.code, outstanding.grade, outstanding.edition
  FROM offered
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = offered.id
  JOIN lessons_lesson lesson ON lesson.id = outstanding.lesson_id
  JOIN organisations_organisation city ON city.id = outstanding.city_id
 WHERE offered.rung = ANY (%(rungs)s::text[]) AND {LIVE}
 ORDER BY offered.stage, offered.subject, lesson.id,
          array_position(%(rungs)s::text[], offered.rung), offered.age, outstanding.id
"""  # noqa: S608 - only the texts above are put together
"""Per group every lesson that may be given, once, on the lowest rung on which it stands."""

ROSTER = """
SELECT enrolment.user_id, enrolment.stage, enrolment.subject, enrolment.school_id
  FROM programmes_enrolment enrolment
 WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
"""

BARRED = """
SELECT teacher_id AS user_id, id AS lesson_id FROM lessons_lesson WHERE id = ANY (%(lessons)s)
UNION SELECT user_id, lesson_id FROM lessons_lessonmember WHERE lesson_id = ANY (%(lessons)s)
UNION SELECT exclusion.user_id, outstanding.lesson_id
        FROM lessons_caseexclusion exclusion
        JOIN lessons_outstandinglesson outstanding ON outstanding.id = exclusion.lesson_id
       WHERE outstanding.lesson_id = ANY (%(lessons)s)
"""
"""Who must not get which lesson: the main teacher, the team, and whoever was declared."""
