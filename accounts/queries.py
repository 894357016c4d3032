"""Reads about people that join several tables."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from core.models import AuditRecord


def recent_acts(user: User, *verbs: str) -> QuerySet[AuditRecord]:
    """What is on record about a person (of ``verbs`` only, when given), the youngest first."""
    about = AuditRecord.objects.filter(object_label=User._meta.label_lower, object_key=str(user.pk))
    if verbs:
        about = about.filter(verb__in=verbs)
    return about.select_related("by").order_by("-at", "-pk")
