from celery import shared_task

from courses.domain.attempts import close_overdue_attempts
from courses.domain.completion import settle_courses
from programmes.queries import current_programme


@shared_task(name="courses.close_overdue_attempts", acks_late=False)
def close_overdue_attempts_task() -> None:
    """By the clock, every half minute: a sitting that nobody hands in is scored all the same."""
    close_overdue_attempts()


@shared_task(name="courses.settle_courses", acks_late=False)
def settle_courses_task() -> None:
    """Every night: hours that an extended window or a lost signal left open. May run twice."""
    programme = current_programme()
    if programme is not None:
        settle_courses(programme)
