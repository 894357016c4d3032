from django.conf import settings
from django.db import models

from core.models.guards import append_only


class AuditRecord(models.Model):
    """Who did what to which object, when, from where, from which state to which, and why.

    Append-only for everyone. The object is named by label and key, not by a foreign key, so
    the record outlives it. Never holds an ID number or a phone.
    """

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    verb = models.CharField(max_length=60)
    object_label = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    from_state = models.CharField(max_length=200, blank=True)
    to_state = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_label", "object_key", "at"], name="audit_object")]
        triggers = append_only("audit")

    def __str__(self):
        return f"{self.verb} {self.object_label} {self.object_key}"
