from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ActivationCode(models.Model):
    """A one-time code with which a person sets a password without knowing an old one.

    Only a keyed digest is kept; the code itself stands once on the slip handed out. A person
    has at most one code that is neither used nor replaced.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="activation_codes"
    )
    digest = models.CharField(max_length=64)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="activation_one_open_code_per_person",
                fields=["user"],
                condition=Q(used_at=None, replaced_at=None),
            ),
            models.CheckConstraint(
                name="activation_code_used_or_replaced",
                condition=Q(used_at=None) | Q(replaced_at=None),
            ),
            models.CheckConstraint(
                name="activation_code_expires_later", condition=Q(expires_at__gt=F("issued_at"))
            ),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.issued_at:%Y-%m-%d}"
