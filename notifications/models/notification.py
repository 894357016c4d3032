from django.conf import settings
from django.db import models


class Notification(models.Model):
    """One line in a person's inbox. The text is made when shown, in the reader's language."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    key = models.CharField(max_length=120, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notification_once_per_key", fields=["user", "key"])
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_inbox"),
            models.Index(
                fields=["user"], name="notification_unread", condition=models.Q(read_at=None)
            ),
        ]

    def __str__(self):
        return self.kind


class Preference(models.Model):
    """How a person wants to be told. No row: the daily digest and urgent notes by mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    daily_digest = models.BooleanField(default=True)
    urgent_mail = models.BooleanField(default=True)

    def __str__(self):
        return str(self.user_id)
