from celery import shared_task
from django.utils import timezone

from notifications.domain.deadlines import send_deadline_notes
from notifications.domain.mailings import send_digests, send_urgent_mails


@shared_task(name="notifications.digests", acks_late=True)
def digests_task() -> None:
    """Every evening. May run late or twice: a person gets at most one digest a day."""
    send_digests(timezone.localdate())


@shared_task(name="notifications.urgent_mails", acks_late=True)
def urgent_mails_task() -> None:
    """Every ten minutes. May run twice at once: mails are claimed before they are sent."""
    send_urgent_mails(timezone.localdate())


@shared_task(name="notifications.deadline_notes", acks_late=True)
def deadline_notes_task() -> None:
    """Every morning. May run twice: a reminder is written once per person and deadline."""
    send_deadline_notes(timezone.localdate())
