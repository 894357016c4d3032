from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

PRINTED_FIELDS = ["year", "sequence", "number", "token", "printed", "issued_at"]
"""What never changes once a certificate is issued; a trigger of each kind says so."""


class NumberedCertificate(models.Model):
    """What was printed on a page that anyone may check, and whether it still holds.

    ``printed`` holds every field of the page. The number counts within the year and the kind
    and ends in two check digits (``core.domain.certificates``). The token in the QR address
    cannot be guessed; the number can, so it opens nothing alone. ``check_page`` names the
    public page of the kind, ``first_sequence`` where its numbers begin, so that no two kinds
    share a number.
    """

    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=20, unique=True)
    token = models.UUIDField(unique=True)
    printed = models.JSONField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoke_reason = models.CharField(max_length=200, blank=True)

    check_page: ClassVar[str]
    first_sequence: ClassVar[int] = 0

    class Meta:
        abstract = True

    def __str__(self):
        return self.number

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def check_address(self) -> str:
        """The public address behind the QR code."""
        path = reverse(self.check_page, kwargs={"token": self.token})
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def revoked_with_reason(name: str) -> models.CheckConstraint:
    """The constraint that every kind carries under a name of its own."""
    return models.CheckConstraint(
        name=name,
        condition=Q(revoked_at=None, revoked_by=None, revoke_reason="")
        | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoke_reason="")),
    )
