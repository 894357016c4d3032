"""Background doors of the lessons; each may run twice."""

from celery import shared_task

from core.domain.jobs import RunningJob, job_kind
from lessons.domain.hours import settle_lessons
from lessons.domain.plans import read_plan
from lessons.domain.recording_copies import FIND, note_recording_copies
from lessons.domain.review_copies import compare_reviews
from programmes.queries import current_programme


@shared_task(name="lessons.settle_lessons", acks_late=False)
def settle_lessons_task() -> None:
    """Every night: hours that an extended window or a lost signal left open. May run twice."""
    programme = current_programme()
    if programme is not None:
        settle_lessons(programme)


@shared_task(name="lessons.compare_reviews", acks_late=False)
def compare_reviews_task() -> None:
    """Every ten minutes: near copies among the reviews sent meanwhile. May run twice."""
    compare_reviews()


@job_kind("lessons.read_plan", max_seconds=300)
def read_plan_job(job: RunningJob) -> dict:
    """Read a lesson plan and look for near copies."""
    return read_plan(job.arguments["material"])


@job_kind(FIND, max_seconds=1800)
def find_repeats_job(job: RunningJob) -> dict:
    """Look for other lessons whose recordings share a stretch with a new one."""
    return {"found": note_recording_copies(job.arguments["video"])}
