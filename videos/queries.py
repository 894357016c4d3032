"""Reads of study time for the floors above."""

from collections.abc import Iterable

from accounts.models import User
from videos.models import StudyRecord, StudyUnit


def watched(user: User, units: Iterable[StudyUnit | int]) -> dict[int, int]:
    """Distinct seconds that ``user`` has studied, by unit id; 0 where there is no record.

    ``units`` may be units or their ids. One query.
    """
    unit_ids = [unit if isinstance(unit, int) else unit.pk for unit in units]
    records = StudyRecord.objects.filter(user=user, unit_id__in=unit_ids)
    known = dict(records.values_list("unit_id", "watched_seconds"))
    return {unit_id: known.get(unit_id, 0) for unit_id in unit_ids}


def covered_ranges(user: User, unit: StudyUnit) -> list[tuple[int, int]]:
    """The spans of ``unit`` that ``user`` has studied, ordered and disjoint. Units: seconds."""
    record = StudyRecord.objects.filter(user=user, unit=unit).only("watched").first()
    return record.watched if record else []
