from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from credits.models.award import ManualAward
from credits.models.dispute import HourDispute

if TYPE_CHECKING:
    from accounts.models import User


def private_name(evidence: EvidenceFile, name: str) -> str:
    """A name that tells nothing: nobody's file is found by guessing."""
    return f"evidence/{uuid4().hex}"


class EvidenceFileQuerySet(models.QuerySet["EvidenceFile"]):
    def visible_to(self, user: User) -> EvidenceFileQuerySet:
        """The files of the awards and disputes that ``user`` may see."""
        return self.filter(
            Q(award__in=ManualAward.objects.visible_to(user))
            | Q(dispute__in=HourDispute.objects.visible_to(user))
        )


class EvidenceFile(models.Model):
    """A file that proves an award or a dispute; handed out only by a view that asks who asks."""

    award = models.ForeignKey(ManualAward, models.PROTECT, null=True, related_name="evidence")
    dispute = models.ForeignKey(HourDispute, models.PROTECT, null=True, related_name="evidence")
    file = models.FileField(upload_to=private_name, max_length=120)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_of_one_thing",
                condition=Q(award=None, dispute__isnull=False)
                | Q(award__isnull=False, dispute=None),
            ),
        ]

    def __str__(self):
        return self.name
