from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from core.models.guards import append_only
from credits.models.scope import in_scope
from programmes.enums import Category
from programmes.models import Programme

if TYPE_CHECKING:
    from accounts.models import User


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def visible_to(self, user: User) -> LedgerEntryQuerySet:
        """The user's own lines and those of everybody whose hours the user may read."""
        scope = in_scope(user, "user__school__path", "user__school__acting_county__path")
        return self.filter(Q(user=user) | scope)

    def standing(self) -> LedgerEntryQuerySet:
        """Lines that give hours: neither a reversal nor reversed."""
        return self.filter(
            ~Exists(LedgerEntry.objects.filter(reverses=OuterRef("pk"))), reverses=None
        )


class LedgerEntry(models.Model):
    """A signed number of class hours, posted once and never changed.

    ``source`` names what earned the hours ("courses.course:42") and is unique per person and
    programme; a correction is a second line that ``reverses`` the first. ``part`` is a key of
    the rule pack. ``earned_at`` is the moment that decides whether the hours still count
    (R17); ``posted_at`` is the database's own clock. ``posted_at``, ``seq``,
    ``previous_hash`` and ``hash`` are filled by the trigger ``credits_chain_entry`` while it
    holds the person's head, whatever the writer supplied; they chain the lines of one person.

    The foreign keys have no index of their own: each leads one of the others already.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="ledger_entries", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_entries", db_index=False
    )
    part = models.CharField(max_length=24)
    category = models.CharField(max_length=10, choices=Category)
    class_hours = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    earned_at = models.DateTimeField(default=timezone.now, db_default=Now())
    posted_at = models.DateTimeField(db_default=Now())
    seq = models.PositiveIntegerField(db_default=0)
    previous_hash = models.CharField(max_length=64, db_default="")
    hash = models.CharField(max_length=64, db_default="")

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ledger_source_once", fields=["programme", "user", "source"]
            ),
            models.UniqueConstraint(name="ledger_seq_once", fields=["user", "seq"]),
            models.CheckConstraint(
                name="ledger_sign_tells_reversal",
                condition=Q(reverses=None, class_hours__gt=0)
                | Q(reverses__isnull=False, class_hours__lt=0),
            ),
            models.CheckConstraint(
                name="ledger_text_on_one_line",
                condition=Q(part__regex=r"^[a-z0-9_]+$")
                & Q(source__regex=r"^[[:graph:]]+$")
                & Q(label__regex=r"^[^[:cntrl:]]+$"),
            ),
            models.CheckConstraint(
                name="ledger_category_known", condition=Q(category__in=Category.values)
            ),
        ]
        indexes = [
            models.Index(fields=["user", "programme", "part"], name="ledger_user_programme"),
            BrinIndex(fields=["posted_at"], name="ledger_posted_at"),
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

    class Meta:
        triggers = [
            pgtrigger.Protect(name="ledger_head_stays", operation=pgtrigger.Delete),
            append_only("ledger_head")[1],
        ]

    def __str__(self):
        return f"{self.user_id} {self.seq}"


class LedgerHeadExport(models.Model):
    """One file of chain ends that left the database; later chains are held against it."""

    exported_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=80, unique=True)
    lines = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        triggers = append_only("head_export")

    def __str__(self):
        return self.file_name
