"""National lessons brought in by lists: set-based SQL over the table ``incoming`` (R8).

A lesson is the one with the same stage, subject, title and teacher in the year, as the schema
says. A recording is named by the SHA-256 of its original or by its file's name, among the
recordings that a national lesson may have.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from core.domain.incoming import refuse_rows

COLUMNS = {
    "stage": "text",
    "subject": "text",
    "title": "text",
    "teacher_name": "text",
    "school_name": "text",
    "grade": "text",
    "edition": "text",
    "commentator": "text",
    "commentary": "text",
    "reading_seconds": "integer",
    "recording": "text",
    "recording_digest": "text",
}
TEXTS = ("school_name", "grade", "edition", "commentator", "commentary")
NEEDED = ("school_name", "commentator", "commentary")
REASONS = {
    "duplicate_row": _("The same lesson already stands in row %(line)s; delete one of the rows."),
    "particulars_missing": _(
        "A new lesson needs its school, the expert and the expert's commentary; fill them in."
    ),
    "lesson_withdrawn": _(
        "This lesson was withdrawn; whoever has begun it may finish, but it is not offered again."
    ),
    "recording_unknown": _(
        "No recording has this file name or SHA-256; upload it among the videos first, or clear "
        "the cell and link it later."
    ),
    "recording_ambiguous": _(
        "%(count)s recordings have this file name; write the SHA-256 that the video's page shows."
    ),
    "recording_taken": _("This recording belongs to another lesson or course; choose another."),
    "recording_failed": _("This recording could not be prepared; upload it again first."),
    "recording_twice": _("The same recording already stands in row %(line)s; correct one of them."),
}


def match_lessons(cursor: CursorWrapper, programme_id: int | None) -> None:
    """Find each row's lesson of the year, withdrawn ones too."""
    cursor.execute(
        """ALTER TABLE incoming ADD COLUMN video_id bigint, ADD COLUMN unit_id bigint,
             ADD COLUMN unit_is_new boolean NOT NULL DEFAULT false,
             ADD COLUMN withdrawn boolean NOT NULL DEFAULT false"""
    )
    cursor.execute(
        r"""UPDATE incoming i SET target = l.id, withdrawn = l.withdrawn_at IS NOT NULL,
                  unit_id = l.commentary_unit_id
           FROM lessons_nationallesson l
           WHERE l.programme_id = %s AND l.stage = i.stage AND l.subject = i.subject
             AND regexp_replace(btrim(l.title), '\s+', ' ', 'g') = i.title
             AND regexp_replace(btrim(l.teacher_name), '\s+', ' ', 'g') = i.teacher_name""",
        [programme_id],
    )


def lock_year(cursor: CursorWrapper, programme_id: int | None) -> None:
    """Hold the year, in which lessons are put in order: nobody adds one until the end."""
    cursor.execute(
        "SELECT 1 FROM programmes_programme WHERE id = %s FOR NO KEY UPDATE", [programme_id]
    )


def lock_lessons(cursor: CursorWrapper) -> None:
    """Hold the lessons of the list, in one order."""
    cursor.execute(
        """SELECT count(*) FROM (SELECT l.id FROM lessons_nationallesson l
           WHERE l.id IN (SELECT target FROM incoming) ORDER BY l.id FOR NO KEY UPDATE) held"""
    )


def match_recordings(cursor: CursorWrapper) -> None:
    """Find each row's recording among the material of the province; lessons with pupils are none.

    By digest the lesson's own comes first, then a free one, then the newest. By name there must
    be one only, unless it is the lesson's own.
    """
    cursor.execute("DROP TABLE IF EXISTS named")
    cursor.execute(
        """CREATE TEMPORARY TABLE named ON COMMIT DROP AS
           WITH found AS (
             SELECT i.id AS row_id, i.target, video.id AS video_id, true AS by_digest
               FROM incoming i JOIN videos_video video ON video.sha256 = i.recording_digest
              WHERE video.programme_id IS NULL
             UNION ALL
             SELECT i.id, i.target, video.id, false
               FROM incoming i JOIN videos_video video ON video.original_name = i.recording
              WHERE video.programme_id IS NULL
           )
           SELECT found.*, video.state, own.id IS NOT NULL AS is_own,
                  EXISTS (SELECT 1 FROM lessons_nationallesson l
                           WHERE l.video_id = video.id AND l.id IS DISTINCT FROM found.target)
                  OR EXISTS (SELECT 1 FROM lessons_lessonrecording r WHERE r.video_id = video.id)
                  OR EXISTS (SELECT 1 FROM courses_module m
                              WHERE m.unit_id = video.unit_id) AS is_taken
             FROM found JOIN videos_video video ON video.id = found.video_id
             LEFT JOIN lessons_nationallesson own
               ON own.id = found.target AND own.video_id = video.id"""
    )
    cursor.execute(
        """UPDATE incoming i SET video_id = best.video_id
           FROM (SELECT DISTINCT ON (row_id) row_id, video_id FROM named
                 ORDER BY row_id, is_own DESC, is_taken, state = 'failed', video_id DESC) best
           WHERE best.row_id = i.id"""
    )


def refuse_conflicts(cursor: CursorWrapper) -> None:
    """Append the reasons that other rows and other records give."""
    refuse_rows(
        cursor,
        "duplicate_row",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (
                     PARTITION BY stage, subject, title, teacher_name) AS first
                     FROM incoming WHERE title IS NOT NULL AND teacher_name IS NOT NULL) f""",
        parameters="jsonb_build_object('line', f.first)",
    )
    missing = " OR ".join(f"i.{name} IS NULL" for name in NEEDED)
    refuse_rows(cursor, "particulars_missing", f"i.target IS NULL AND ({missing})")
    refuse_rows(cursor, "lesson_withdrawn", "i.withdrawn")
    _refuse_recordings(cursor)


def _refuse_recordings(cursor: CursorWrapper) -> None:
    named = "i.recording IS NOT NULL OR i.recording_digest IS NOT NULL"
    refuse_rows(cursor, "recording_unknown", f"({named}) AND i.video_id IS NULL")
    refuse_rows(
        cursor,
        "recording_ambiguous",
        "n.row_id = i.id AND n.count > 1",
        source="""FROM (SELECT row_id, count(*) FILTER (WHERE NOT is_taken) AS count
                        FROM named WHERE NOT by_digest GROUP BY 1
                        HAVING NOT bool_or(is_own)) n""",
        parameters="jsonb_build_object('count', n.count)",
    )
    for code, fault in (("taken", "is_taken"), ("failed", "state = 'failed'")):
        refuse_rows(
            cursor,
            f"recording_{code}",
            f"n.row_id = i.id AND n.video_id = i.video_id AND NOT n.is_own AND n.{fault}",
            source="FROM named n",
        )
    refuse_rows(
        cursor,
        "recording_twice",
        "f.id = i.id AND i.line > f.first",
        source="""FROM (SELECT id, min(line) OVER (PARTITION BY video_id) AS first
                        FROM incoming WHERE video_id IS NOT NULL) f""",
        parameters="jsonb_build_object('line', f.first)",
    )


def note_changes(cursor: CursorWrapper) -> None:
    """Which columns of a known lesson the row changes; empty cells change nothing."""
    changed = " || ".join(
        f"""CASE WHEN i.{name} IS NOT NULL
             AND i.{name} <> replace(l.{name}, E'\\r\\n', E'\\n')
             THEN '["{name}"]'::jsonb ELSE '[]'::jsonb END"""
        for name in TEXTS
    )
    cursor.execute(
        f"""UPDATE incoming i SET changes = {changed}
              || CASE WHEN i.video_id IS NOT NULL AND i.video_id IS DISTINCT FROM l.video_id
                 THEN '["recording"]'::jsonb ELSE '[]'::jsonb END
            FROM lessons_nationallesson l
            WHERE l.id = i.target AND i.reasons = '[]'::jsonb"""  # noqa: S608 - own names
    )
    cursor.execute(
        """UPDATE incoming SET reading_seconds = NULL
           WHERE target IS NOT NULL AND NOT changes @> '["commentary"]'"""
    )


def add_lessons(cursor: CursorWrapper, programme_id: int | None, by_id: int) -> None:
    """Write the new lessons behind those that their stage and subject has, in file order."""
    cursor.execute(
        """UPDATE incoming
           SET target = nextval(pg_get_serial_sequence('lessons_nationallesson', 'id'))
           WHERE outcome = 'added'"""
    )
    cursor.execute(
        """INSERT INTO lessons_nationallesson
             (id, programme_id, stage, subject, position, title, grade, edition, teacher_name,
              school_name, video_id, commentary, commentator, commentary_unit_id, added_by_id,
              added_at)
           SELECT i.target, %(programme)s, i.stage, i.subject,
                  coalesce((SELECT max(l.position) FROM lessons_nationallesson l
                             WHERE l.programme_id = %(programme)s AND l.stage = i.stage
                               AND l.subject = i.subject), 0)
                  + row_number() OVER (PARTITION BY i.stage, i.subject ORDER BY i.line),
                  i.title, coalesce(i.grade, ''), coalesce(i.edition, ''), i.teacher_name,
                  i.school_name, i.video_id, i.commentary, i.commentator, i.unit_id, %(by)s, now()
             FROM incoming i WHERE i.outcome = 'added'""",
        {"programme": programme_id, "by": by_id},
    )


def update_lessons(cursor: CursorWrapper) -> None:
    """Correct what the rows change; what was studied stays."""
    kept = ", ".join(f"{name} = coalesce(i.{name}, l.{name})" for name in TEXTS)
    cursor.execute(
        f"""UPDATE lessons_nationallesson l
            SET {kept}, video_id = coalesce(i.video_id, l.video_id),
                commentary_unit_id = coalesce(i.unit_id, l.commentary_unit_id)
            FROM incoming i WHERE i.outcome = 'changed' AND l.id = i.target"""  # noqa: S608
    )
