from django.conf import settings
from django.db import models


class Preference(models.Model):
    """How a person wants to be told. No row: the daily digest and urgent notes by mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    daily_digest = models.BooleanField(default=True)
    urgent_mail = models.BooleanField(default=True)

    def __str__(self):
        return str(self.user_id)
