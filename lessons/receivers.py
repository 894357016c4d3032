"""News from the floors below and from this room's own verbs that may finish a lesson."""

from django.dispatch import receiver

from core.domain.jobs import start_job
from core.models import JobState
from core.signals import job_finished
from lessons.domain.hours import settle_people, settle_unit
from lessons.domain.recording_copies import FIND
from lessons.models import LessonRecording
from lessons.signals import reflection_sent, review_sent
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import current_programme
from programmes.signals import enrolment_changed
from videos.domain.starting import PREPARE
from videos.signals import unit_studied


@receiver(unit_studied)
def settle_watched_lesson(
    user_id, unit_id, watched_seconds, length_seconds, needed_percent=0, **kwargs
):
    """Costs nothing while the page's own bar is not reached; then the year's coverage decides."""
    if watched_seconds * 100 < length_seconds * needed_percent:
        return
    programme = current_programme()
    if programme is None:
        return
    if watched_seconds * 100 >= length_seconds * rule_pack_of(programme).coverage_percent:
        settle_unit(user_id, unit_id, programme)


@receiver(review_sent)
def settle_reviewed_lesson(review, **kwargs):
    if review.assignment_id:
        settle_people([review.reviewer_id], review.programme)


@receiver(reflection_sent)
def settle_national_lesson(study, **kwargs):
    settle_people([study.user_id], study.programme)


@receiver(enrolment_changed)
def settle_changed_people(programme_id, user_ids, what, **kwargs):
    """What somebody finished before the approval counts from then on (R11)."""
    if what != "entered":
        settle_people(user_ids, Programme.objects.get(pk=programme_id))


@receiver(job_finished)
def compare_new_recording(job, **kwargs):
    """A recording that has just become playable is compared with those of all years (R56)."""
    if job.kind != PREPARE or job.state != JobState.DONE:
        return
    video = job.arguments["video_id"]
    if LessonRecording.objects.filter(video=video).exists():
        start_job(FIND, {"video": video}, by=None, key=f"{FIND}:{video}")
