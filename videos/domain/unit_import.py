"""Reading times of texts that a list brings in: set-based SQL over the table ``incoming``.

A row has ``unit_id``, ``title`` and ``reading_seconds``; rows without reading time have no text.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from videos.enums import UnitKind


def add_reading_units(cursor: CursorWrapper) -> None:
    """Make a unit for every row to write that has a text and no unit yet.

    Units: seconds of reading time. Source: R10.
    """
    cursor.execute(
        """UPDATE incoming SET unit_id = nextval(pg_get_serial_sequence('videos_studyunit', 'id')),
                  unit_is_new = true
           WHERE unit_id IS NULL AND reading_seconds IS NOT NULL
             AND outcome IN ('added', 'changed')"""
    )
    cursor.execute(
        """INSERT INTO videos_studyunit (id, kind, title, length_seconds)
           SELECT unit_id, %s, left(title, 200), reading_seconds FROM incoming
           WHERE unit_is_new""",
        [UnitKind.READING],
    )


def change_reading_units(cursor: CursorWrapper) -> None:
    """Give changed texts their new reading time; study time stays within its length."""
    cursor.execute(
        """UPDATE videos_studyunit unit SET length_seconds = i.reading_seconds
           FROM incoming i
           WHERE unit.id = i.unit_id AND NOT i.unit_is_new AND i.outcome = 'changed'
             AND i.reading_seconds IS NOT NULL"""
    )
    cursor.execute(
        """UPDATE videos_studyrecord record
           SET watched = watched * int4multirange(int4range(0, unit.length_seconds)),
               position_seconds = least(position_seconds, unit.length_seconds)
           FROM incoming i JOIN videos_studyunit unit ON unit.id = i.unit_id
           WHERE record.unit_id = unit.id AND NOT i.unit_is_new AND i.outcome = 'changed'
             AND (NOT watched <@ int4range(0, unit.length_seconds)
                  OR position_seconds > unit.length_seconds)"""
    )
