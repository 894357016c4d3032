from celery import shared_task

from courses.domain.attempts import close_overdue_attempts


@shared_task(name="courses.close_overdue_attempts", acks_late=False)
def close_overdue_attempts_task() -> None:
    """By the clock, every half minute: a sitting that nobody hands in is scored all the same."""
    close_overdue_attempts()
