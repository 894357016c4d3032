from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from accounts.models import User


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> NotificationQuerySet:
        """An inbox is its owner's alone."""
        return self.filter(user=user)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None)

    def newest_first(self) -> NotificationQuerySet:
        return self.order_by("-created_at", "-pk")


class Notification(models.Model):
    """One line in a person's inbox. The text is made when shown, in the reader's language.

    ``key`` makes a notice unique for its reader; ``mailed_at`` is when a mail first carried it.
    """

    # No index of its own: the inbox's begins with it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    key = models.CharField(max_length=120, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notification_once_per_key", fields=["user", "key"]),
            models.CheckConstraint(
                name="notification_leads_inside_the_site",
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
            ),
        ]
        indexes = [
            models.Index(
                F("user"), F("created_at").desc(), F("id").desc(), name="notification_inbox"
            ),
            models.Index(
                fields=["user"], name="notification_unread", condition=models.Q(read_at=None)
            ),
            models.Index(
                fields=["created_at", "user"],
                name="notification_to_mail",
                condition=models.Q(read_at=None, mailed_at=None),
            ),
        ]

    def __str__(self):
        return self.kind
