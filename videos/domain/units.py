"""What can be studied on the clock: made by the rooms above, counted here."""

from django.db import connection, transaction

from videos.enums import UnitKind
from videos.models import StudyUnit

KEEP_WITHIN = """
UPDATE videos_studyrecord
   SET watched = watched * int4multirange(int4range(0, %(length)s)),
       position_seconds = least(position_seconds, %(length)s)
 WHERE unit_id = %(unit)s
   AND (NOT watched <@ int4range(0, %(length)s) OR position_seconds > %(length)s)
"""


def reading_unit(title: str, seconds: int, unit: StudyUnit | None = None) -> StudyUnit:
    """A text that earns up to its reading time; ``unit`` is changed when given.

    Units: ``seconds`` of reading time, greater than 0.
    Raises: IntegrityError when ``seconds`` is not positive.
    Source: R10; requirements 2.1.
    """
    return save_unit(unit, UnitKind.READING, title, seconds)


@transaction.atomic
def save_unit(unit: StudyUnit | None, kind: UnitKind, title: str, seconds: int) -> StudyUnit:
    """Make or change a unit. When it gets shorter, study time stays within its length."""
    unit = StudyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk) if unit else StudyUnit()
    shorter = unit.pk and seconds < unit.length_seconds
    unit.kind, unit.title, unit.length_seconds = kind, title[:200], seconds
    unit.save()
    if shorter:
        with connection.cursor() as cursor:
            cursor.execute(KEEP_WITHIN, {"unit": unit.pk, "length": seconds})
    return unit
