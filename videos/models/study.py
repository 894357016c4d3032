from django.conf import settings
from django.db import models

from videos.enums import UnitKind


class StudyUnit(models.Model):
    """Something that earns study time second by second: a video, or a text with its reading time.

    ``length_seconds`` is the video's duration or the text's reading time.
    """

    kind = models.CharField(max_length=8, choices=UnitKind)
    title = models.CharField(max_length=200)
    length_seconds = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="study_unit_has_length", condition=models.Q(length_seconds__gt=0)
            )
        ]

    def __str__(self):
        return self.title


class StudyClock(models.Model):
    """One person's single running clock: the moment up to which wall time has been spent.

    Two tabs share it, so they earn once.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="study_clock"
    )
    spent_until = models.DateTimeField()

    def __str__(self):
        return f"{self.user_id} {self.spent_until}"


class StudyRecord(models.Model):
    """Which seconds of a unit a person has really studied: distinct seconds only.

    ``watched`` is an int4multirange, kept by the beat's SQL; ``watched_seconds`` is its sum.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="study_records")
    unit = models.ForeignKey(StudyUnit, models.PROTECT, related_name="study_records")
    watched_seconds = models.PositiveIntegerField(default=0)
    position_seconds = models.PositiveIntegerField(default=0)
    first_beat_at = models.DateTimeField()
    last_beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="study_record_once", fields=["user", "unit"]),
        ]

    def __str__(self):
        return f"{self.user_id} {self.unit_id} {self.watched_seconds} s"
