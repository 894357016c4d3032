from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q

from videos.enums import UnitKind
from videos.models.multirange import SecondsField


class StudyUnit(models.Model):
    """Something that earns study time second by second: a video, or a text with its reading time.

    ``length_seconds`` is the video's duration or the text's reading time.
    """

    kind = models.CharField(max_length=8, choices=UnitKind)
    title = models.CharField(max_length=200)
    length_seconds = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="study_unit_has_length", condition=Q(length_seconds__gt=0))
        ]

    def __str__(self):
        return self.title


class StudyClock(models.Model):
    """One person's single running clock: the moment up to which wall time has been spent.

    Two tabs share it, so they earn once. ``started_at`` is when the first page was opened and
    ``top_speed`` the fastest speed ever granted, in hundredths; with them anyone can check
    that no more was earned than the wall clock allows.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="study_clock"
    )
    started_at = models.DateTimeField()
    spent_until = models.DateTimeField()
    top_speed = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="study_clock_runs_forward", condition=Q(spent_until__gte=F("started_at"))
            )
        ]

    def __str__(self):
        return f"{self.user_id} {self.spent_until}"


class StudyRecord(models.Model):
    """Which seconds of a unit a person has really studied: distinct seconds only.

    ``watched`` is an int4multirange that the beat's SQL keeps; ``watched_seconds`` is its sum,
    computed by the database, so the two cannot differ. ``opened_at`` is when the earliest page
    that earned here was opened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="study_records")
    unit = models.ForeignKey(StudyUnit, models.PROTECT, related_name="study_records")
    watched = SecondsField(default=list)
    watched_seconds = models.GeneratedField(
        expression=Func(F("watched"), function="videos_seconds_in"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    position_seconds = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    last_beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="study_record_once", fields=["user", "unit"]),
            models.CheckConstraint(
                name="study_record_knows_no_second_before_zero",
                condition=Func(
                    F("watched"),
                    template="NOT %(expressions)s && '{(,0)}'",
                    output_field=models.BooleanField(),
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.unit_id} {self.watched_seconds} s"
