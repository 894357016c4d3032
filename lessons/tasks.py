from celery import shared_task

from lessons.domain.hours import settle_lessons
from programmes.queries import current_programme


@shared_task(name="lessons.settle_lessons", acks_late=False)
def settle_lessons_task() -> None:
    """Every night: hours that an extended window or a lost signal left open. May run twice."""
    programme = current_programme()
    if programme is not None:
        settle_lessons(programme)
