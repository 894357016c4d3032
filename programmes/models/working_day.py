from django.db import models


class WorkingDay(models.Model):
    """A day on which the published calendar is overruled, or a year it does not know yet."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=80, blank=True)

    def __str__(self):
        return f"{self.day} {self.is_working}"
