from django.conf import settings
from django.db import models

from videos.models import StudyUnit


class CoveredUnit(models.Model):
    """The moment at which a person had covered a lesson's recording or an expert's commentary.

    Written once, never taken back: the moment says on which side of a window's end the work
    was done (A6), and watching again later does not move it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="covered_units", db_index=False
    )
    unit = models.ForeignKey(StudyUnit, models.PROTECT, related_name="covered_by", db_index=False)
    covered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="covered_unit_once", fields=["user", "unit"]),
        ]

    def __str__(self):
        return f"{self.user_id} {self.unit_id}"
