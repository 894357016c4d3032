from bureau.models.export_file import ExportFile, ExportFileQuerySet
from bureau.models.import_batch import ImportBatch, ImportBatchQuerySet, StagedRow
from bureau.models.unit_lessons import UnitLessons
from bureau.models.unit_progress import UnitProgress, UnitProgressQuerySet

__all__ = [
    "ExportFile",
    "ExportFileQuerySet",
    "ImportBatch",
    "ImportBatchQuerySet",
    "StagedRow",
    "UnitLessons",
    "UnitProgress",
    "UnitProgressQuerySet",
]
