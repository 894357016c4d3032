from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.models.guards import append_only
from programmes.enums import Category
from programmes.models import Programme


class LedgerEntry(models.Model):
    """A signed number of class hours, posted once and never changed.

    ``source`` names what earned the hours ("courses.course:42") and is unique per person and
    programme; a correction is a second line that ``reverses`` the first. ``part`` is a key of
    the rule pack. ``seq``, ``previous_hash`` and ``hash`` chain the lines of one person; the
    database fills them (trigger ``credits_chain_entry``) while it holds the person's head.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="ledger_entries")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_entries"
    )
    part = models.CharField(max_length=24)
    category = models.CharField(max_length=10, choices=Category)
    class_hours = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    posted_at = models.DateTimeField(db_default=Now())
    seq = models.PositiveIntegerField(db_default=0)
    previous_hash = models.CharField(max_length=64, db_default="")
    hash = models.CharField(max_length=64, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_source_once",
                fields=["programme", "user", "source"],
            ),
            models.UniqueConstraint(name="ledger_seq_once", fields=["user", "seq"]),
            models.CheckConstraint(
                name="ledger_sign_tells_reversal",
                condition=Q(reverses=None, class_hours__gt=0)
                | Q(reverses__isnull=False, class_hours__lt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "programme", "part"], name="ledger_user_programme"),
        ]
        triggers = append_only("ledger")

    def __str__(self):
        return f"{self.source} {self.class_hours}"


class LedgerHead(models.Model):
    """The end of one person's chain: how many lines, and the hash of the last.

    Written only by the trigger that chains a new line; its row lock orders two posters.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="ledger_head"
    )
    seq = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.user_id} {self.seq}"
