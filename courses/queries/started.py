"""Whether a course has been begun."""

from courses.models import Attempt, Course, Submission
from programmes.models import Enrolment
from videos.models import StudyRecord


def has_started(enrolment: Enrolment, course: Course) -> bool:
    """Whether the person studied, answered or wrote anything of the course (A7)."""
    person = {"user_id": enrolment.user_id}
    year = {"programme_id": enrolment.programme_id}
    return (
        StudyRecord.objects.filter(
            unit__modules__course=course, watched_seconds__gt=0, **person
        ).exists()
        or Attempt.objects.filter(course=course, **person, **year).exists()
        or Submission.objects.filter(homework__course=course, **person, **year).exists()
    )
