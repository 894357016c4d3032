"""Background doors of the lessons; each may run twice."""

from datetime import datetime

from celery import shared_task

from accounts.models import User
from core.domain.jobs import RunningJob, job_kind
from lessons.domain.drawing.announcing import announce_draw
from lessons.domain.drawing.notices import tell_drawn
from lessons.domain.drawing.preview import preview_draw
from lessons.domain.drawing.storing import deal_draw
from lessons.domain.drawing.supplements import make_supplement, supplement_current
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


@job_kind("lessons.preview_draw", max_attempts=2, max_seconds=1800)
def preview_draw_job(job: RunningJob) -> dict:
    """Try every group of the draw and keep what would come out."""
    return preview_draw(job.arguments["draw"], job.report)


@job_kind("lessons.announce_draw", max_attempts=2, max_seconds=1800)
def announce_draw_job(job: RunningJob) -> dict:
    """Publish rules, roster and pool; a second officer's job is refused."""
    draw = announce_draw(
        job.arguments["draw"],
        seed_event=job.arguments["seed_event"],
        seed_known_at=datetime.fromisoformat(job.arguments["seed_known_at"]),
        why_late=job.arguments.get("why_late", ""),
        by=User.objects.get(pk=job.created_by_id),
    )
    return {"commitment": draw.commitment}


@job_kind("lessons.deal", max_attempts=3, max_seconds=3600)
def deal_job(job: RunningJob) -> dict:
    """Draw everybody's lessons; a draw that is drawn stays. Then tell everybody, once."""
    sums = deal_draw(job.arguments["draw"], job.report)
    tell_drawn(job.arguments["draw"])
    return sums


@job_kind("lessons.supplement", max_attempts=3, max_seconds=1800)
def supplement_job(job: RunningJob) -> dict:
    """A supplement at once, asked for by an officer."""
    by = User.objects.get(pk=job.created_by_id)
    made = make_supplement(job.arguments["draw"], by=by)
    return made.statistics if made else {"teachers": 0}


@shared_task(name="lessons.supplement_draw", acks_late=False)
def supplement_draw_task() -> None:
    """Every night: joiners, corrections, withdrawn and nominated lessons. May run twice."""
    supplement_current()
