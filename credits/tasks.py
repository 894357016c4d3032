"""What the clock does every day."""

from celery import shared_task

from credits.domain.disputes import close_settled, escalate_overdue
from credits.domain.head_export import export_heads
from credits.domain.registrations import propose_registrations
from programmes.queries import current_programme


@shared_task(name="credits.export_ledger_heads", acks_late=True)
def export_ledger_heads_task():
    """May run twice: without new lines no second file is written."""
    export_heads()


@shared_task(name="credits.settle_disputes", acks_late=True)
def settle_disputes_task():
    """Hand overdue disputes one level up and close those that nobody contested."""
    escalate_overdue()
    close_settled()


@shared_task(name="credits.propose_registrations", acks_late=True)
def propose_registrations_task():
    """Catch whoever became complete without a new line, for example by an extension."""
    if programme := current_programme():
        propose_registrations(programme)
