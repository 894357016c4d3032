from django.db import models


class Programme(models.Model):
    """One programme year. Every number that the yearly plan sets is in ``rule_pack``.

    Read the pack through ``programmes.domain.rulepacks.rule_pack_of(programme)``.
    """

    code = models.SlugField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    rule_pack = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="programme_one_current",
                fields=["is_current"],
                condition=models.Q(is_current=True),
            ),
            models.CheckConstraint(
                name="programme_dates_in_order",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self):
        return self.name_zh
