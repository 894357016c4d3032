"""A city's list of lessons for the province: set-based SQL over the table ``incoming``.

A row names a lesson of the year by school, title and teacher; the account tells apart teachers
of one name. What a row does is what ``pool.entering.push_lessons`` does, and an expert's
commentary may come with it (R46, R47, R61).
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from core.domain.incoming import refuse_rows
from lessons.domain.pool.errors import CommentatorMissing
from lessons.queries.draw_sql import verdict_on

COLUMNS = {
    "title": "text",
    "teacher": "text",
    "account": "text",
    "school_code": "text",
    "commentator": "text",
    "commentary": "text",
}
TEXTS = ("commentator", "commentary")
VERDICTS = {
    "not_national": _("Local and school-based lessons are for the show only; delete the row."),
    "barred": _("The lesson is barred after a report; delete the row."),
    "not_chosen": _("The school has not chosen this lesson; it must choose it first."),
    "no_place": _("The lesson has no place in the textbook yet; its school must choose one."),
    "no_recording": _("The lesson has no recording that is ready to play."),
}
REASONS = {
    "duplicate_row": _("The same lesson already stands in row %(line)s; delete one of the rows."),
    "lesson_unknown": _(
        "No lesson of your city has this school, title and teacher in this year; compare the row "
        "with the list of lessons."
    ),
    "teacher_ambiguous": _(
        "%(count)s teachers of this name have such a lesson; fill in the teacher's account."
    ),
    "push_withdrawn": _("The lesson was withdrawn from the pool: %(why)s."),
    "commentator_missing": CommentatorMissing.message,
    "push_closed": _(
        "The window for pushing lessons is not open; ask the project office for an extension."
    ),
} | VERDICTS


def match_lessons(cursor: CursorWrapper, programme_id: int | None, city_path: str) -> None:
    """Find each row's lesson among those of the city's schools, and where it stands in the pool.

    Of several lessons of one teacher under one title the pushed one counts, then the chosen one.
    Safe to repeat: what was found before is forgotten.
    """
    cursor.execute(
        """ALTER TABLE incoming ADD COLUMN IF NOT EXISTS lesson_id bigint,
             ADD COLUMN IF NOT EXISTS verdict text, ADD COLUMN IF NOT EXISTS why_withdrawn text,
             ADD COLUMN IF NOT EXISTS teachers integer NOT NULL DEFAULT 0"""
    )
    cursor.execute("UPDATE incoming SET lesson_id = NULL, target = NULL, teachers = 0")
    cursor.execute("DROP TABLE IF EXISTS found")
    cursor.execute(
        rf"""CREATE TEMPORARY TABLE found ON COMMIT DROP AS
           SELECT i.id AS row_id, lesson.id AS lesson_id, lesson.teacher_id,
                  {verdict_on("lesson")} AS verdict, pushed.id AS pushed_id,
                  pushed.why_withdrawn, pushed.withdrawn_at, lesson.state
             FROM incoming i
             JOIN organisations_organisation school ON school.code = i.school_code
              AND school.valid_to IS NULL AND starts_with(school.path, %(path)s)
             JOIN lessons_lesson lesson ON lesson.school_id = school.id
              AND lesson.programme_id = %(programme)s
              AND regexp_replace(btrim(lesson.title), '\s+', ' ', 'g') = i.title
             JOIN accounts_user teacher ON teacher.id = lesson.teacher_id
              AND teacher.real_name = i.teacher
              AND (i.account IS NULL OR teacher.username = i.account)
             LEFT JOIN lessons_outstandinglesson pushed ON pushed.lesson_id = lesson.id
              AND pushed.programme_id = lesson.programme_id AND pushed.stage = lesson.stage
              AND pushed.subject = lesson.subject""",  # noqa: S608
        {"path": city_path, "programme": programme_id},
    )
    cursor.execute(
        """UPDATE incoming i SET lesson_id = best.lesson_id, verdict = best.verdict,
                  teachers = best.teachers, why_withdrawn = best.why,
                  target = best.standing
           FROM (SELECT DISTINCT ON (f.row_id) f.row_id, f.lesson_id, f.verdict, n.teachers,
                        CASE WHEN f.withdrawn_at IS NULL THEN f.pushed_id END AS standing,
                        CASE WHEN f.withdrawn_at IS NOT NULL THEN f.why_withdrawn END AS why
                   FROM found f
                   JOIN (SELECT row_id, count(DISTINCT teacher_id) AS teachers
                           FROM found GROUP BY 1) n USING (row_id)
                  ORDER BY f.row_id, f.pushed_id IS NULL, f.state <> 'chosen',
                           f.lesson_id DESC) best
           WHERE best.row_id = i.id"""
    )


def lock_lessons(cursor: CursorWrapper) -> None:
    """Hold the lessons of the list, in one order, until the transaction ends."""
    cursor.execute(
        """SELECT count(*) FROM (SELECT l.id FROM lessons_lesson l
           WHERE l.id IN (SELECT lesson_id FROM incoming) ORDER BY l.id FOR NO KEY UPDATE) held"""
    )


def refuse_conflicts(cursor: CursorWrapper, *, window_open: bool) -> None:
    """Append the reasons that the lesson, the pool and the window give."""
    refuse_rows(
        cursor,
        "lesson_unknown",
        "i.lesson_id IS NULL AND i.title IS NOT NULL AND i.teacher IS NOT NULL"
        " AND i.school_code IS NOT NULL",
    )
    refuse_rows(
        cursor,
        "teacher_ambiguous",
        "i.teachers > 1",
        parameters="jsonb_build_object('count', i.teachers)",
    )
    refuse_rows(
        cursor,
        "duplicate_row",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (PARTITION BY lesson_id) AS first
                        FROM incoming WHERE lesson_id IS NOT NULL) f""",
        parameters="jsonb_build_object('line', f.first)",
    )
    refuse_rows(
        cursor,
        "push_withdrawn",
        "i.why_withdrawn IS NOT NULL",
        parameters="jsonb_build_object('why', i.why_withdrawn)",
    )
    refuse_rows(
        cursor,
        "commentator_missing",
        """i.commentary IS NOT NULL AND i.commentator IS NULL AND NOT EXISTS (
             SELECT FROM lessons_outstandinglesson o
              WHERE o.id = i.target AND o.commentator <> '')""",
    )
    new = "i.lesson_id IS NOT NULL AND i.target IS NULL AND i.why_withdrawn IS NULL"
    for verdict in VERDICTS:
        refuse_rows(cursor, verdict, f"{new} AND i.verdict = '{verdict}'")
    if not window_open:
        refuse_rows(cursor, "push_closed", new)


def note_changes(cursor: CursorWrapper) -> None:
    """A pushed lesson changes only in what the expert says of it; empty cells change nothing."""
    changed = " || ".join(
        f"""CASE WHEN i.{name} IS NOT NULL
             AND i.{name} <> replace(o.{name}, E'\\r\\n', E'\\n')
             THEN '["{name}"]'::jsonb ELSE '[]'::jsonb END"""
        for name in TEXTS
    )
    cursor.execute(
        f"""UPDATE incoming i SET changes = {changed} FROM lessons_outstandinglesson o
            WHERE o.id = i.target AND i.reasons = '[]'::jsonb"""  # noqa: S608 - own names
    )


def update_commentaries(cursor: CursorWrapper, programme_id: int | None) -> None:
    """Write the experts' words to the pushed lessons, wherever the year holds them."""
    cursor.execute(
        """UPDATE lessons_outstandinglesson o
           SET commentator = coalesce(i.commentator, o.commentator),
               commentary = coalesce(i.commentary, o.commentary)
           FROM incoming i
           WHERE i.outcome IN ('added', 'changed') AND o.lesson_id = i.lesson_id
             AND o.programme_id = %s
             AND (i.commentator IS NOT NULL OR i.commentary IS NOT NULL)""",
        [programme_id],
    )


def note_entered(cursor: CursorWrapper, programme_id: int | None) -> None:
    """Note where the rows to add stand in the pool now."""
    cursor.execute(
        """UPDATE incoming i SET target = o.id
           FROM lessons_lesson l JOIN lessons_outstandinglesson o
             ON o.lesson_id = l.id AND o.stage = l.stage AND o.subject = l.subject
           WHERE i.outcome = 'added' AND l.id = i.lesson_id AND o.programme_id = %s""",
        [programme_id],
    )
