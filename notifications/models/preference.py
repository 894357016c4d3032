from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Preference(models.Model):
    """How a person wants to be told. No row: the daily digest and urgent notes by mail.

    ``silenced``: the optional kinds of notices that the person does without.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    daily_digest = models.BooleanField(default=True)
    urgent_mail = models.BooleanField(default=True)
    silenced = ArrayField(models.CharField(max_length=60), default=list, db_default=[])

    def __str__(self):
        return str(self.user_id)
