from django.db import models

from organisations.models.organisation import Organisation


class OrganisationPeriod(models.Model):
    """What an organisation was called and where it stood, from one day to another.

    Exactly one period of an organisation has no end. Periods never overlap.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="period_one_open_per_organisation",
                fields=["organisation"],
                condition=models.Q(valid_to=None),
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="period_path", opclasses=["varchar_pattern_ops"])
        ]

    def __str__(self):
        return self.name
