"""Reading: what is new, what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from accounts.models import User
from notifications.domain.texts import render_notice
from notifications.models import Notification

UNREAD = "SELECT count(*) FROM notifications_notification WHERE user_id = %s AND read_at IS NULL"


@dataclass(frozen=True)
class Line:
    """A notice in the reader's language."""

    pk: int
    title: str
    body: str
    url: str
    urgent: bool
    unread: bool
    created_at: datetime


def line_of(notice: Notification) -> Line:
    title, body = render_notice(notice.kind, notice.parameters)
    return Line(
        notice.pk,
        title,
        body,
        notice.url,
        notice.urgent,
        notice.read_at is None,
        notice.created_at,
    )


def unread_count(user: User) -> int:
    """One query over a partial index; in plain SQL, for it stands in the head of every page."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [user.pk])
        return cursor.fetchone()[0]


def mark_read(user: User, pk: int | None = None) -> int:
    """Mark one notice of ``user`` as read, or all. Safe to repeat. Returns: how many."""
    unread = Notification.objects.visible_to(user).unread()
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())
