from django.db import models


class AttemptCount(models.Model):
    """How often something was tried since ``started_at``, under a key that names nobody.

    The key is a keyed digest of what is counted (an account, an address, the site), so the
    table tells neither who was tried nor whether the account exists.
    """

    key = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    attempts = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="attempt_count_started")]

    def __str__(self):
        return f"{self.attempts} since {self.started_at:%H:%M}"
