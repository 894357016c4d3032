from django.conf import settings
from django.db import models
from django.db.models import Q

from notifications.enums import MailKind

DIGESTS_A_DAY = 1
URGENT_MAILS_A_DAY = 3


class Mailing(models.Model):
    """A mail to one person on one day, claimed before it is sent.

    Mails are numbered, so the limit is a fact of the schema: there is no second digest and no
    fourth urgent mail of a day to send. A mail that was claimed but not sent (the worker died)
    is claimed again after a while, at most ``attempts`` times.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailings")
    day = models.DateField()
    kind = models.CharField(max_length=6, choices=MailKind)
    number = models.PositiveSmallIntegerField(default=1)
    claimed_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mailing_once", fields=["user", "day", "kind", "number"]),
            models.CheckConstraint(
                name="mailing_never_a_flood",
                condition=Q(kind=MailKind.DIGEST, number=DIGESTS_A_DAY)
                | Q(kind=MailKind.URGENT, number__range=(1, URGENT_MAILS_A_DAY)),
            ),
        ]
        indexes = [
            models.Index(fields=["claimed_at"], name="mailing_unsent", condition=Q(sent_at=None))
        ]

    def __str__(self):
        return f"{self.kind} {self.day} {self.number}"
