from django.db import models
from django.db.models.functions import MD5, Cast
from django.utils.translation import get_language


class Programme(models.Model):
    """One programme year. Every number that the yearly plan sets is in ``rule_pack``.

    Read the pack through ``programmes.domain.rulepacks.rule_pack_of(programme)``. The
    database computes ``rule_pack_hash``; it names the version of the pack that is stored.
    """

    code = models.SlugField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    rule_pack = models.JSONField()
    rule_pack_hash = models.GeneratedField(
        expression=MD5(Cast("rule_pack", models.TextField())),
        output_field=models.CharField(max_length=32),
        db_persist=True,
    )
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
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if "rule_pack" in self.__dict__:  # the hash that the database has just computed
            self.refresh_from_db(fields=["rule_pack_hash"])
