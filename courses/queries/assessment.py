"""Reads for tests and homework."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from courses.models.attempt import Attempt, AttemptState
from courses.models.course import Course
from courses.models.homework import Submission, SubmissionState
from courses.models.question import QuestionVersion
from programmes.models import Programme


@dataclass(frozen=True)
class ShownOption:
    position: int
    text: str
    ticked: bool
    right: bool | None


@dataclass(frozen=True)
class ShownItem:
    """A question as the page shows it; what is right is None while the sitting is open."""

    position: int
    kind: str
    stem: str
    options: list[ShownOption]
    text: str
    is_right: bool | None
    explanation: str
    accepted: str


def test_passed(user: User, course: Course, programme: Programme) -> bool:
    """Whether a sitting of the programme year was passed."""
    passed = Attempt.objects.filter(state=AttemptState.PASSED)
    return passed.filter(user=user, course=course, programme=programme).exists()


def homework_accepted(user: User, course: Course, programme: Programme) -> bool:
    """Whether a marker accepted the homework of the programme year."""
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED)
    return accepted.filter(user=user, homework__course=course, programme=programme).exists()


def attempts_at(course: Course, user: User, programme: Programme) -> list[Attempt]:
    """The user's sittings, first one first."""
    mine = Attempt.objects.filter(course=course, user=user, programme=programme)
    return list(mine.order_by("number"))


def paper_of(attempt: Attempt, *, reveal: bool) -> list[ShownItem]:
    """The paper as it may be shown; with ``reveal`` also what is right and why."""
    items = attempt.items.select_related("version")
    ended = attempt.state != AttemptState.OPEN
    return [_shown(item, reveal=reveal and ended, ended=ended) for item in items]


def _shown(item, *, reveal: bool, ended: bool) -> ShownItem:
    version = item.version
    response = item.response if isinstance(item.response, list) else []
    options = [
        ShownOption(
            position=position,
            text=version.options[option],
            ticked=option in response,
            right=option in version.answer if reveal else None,
        )
        for position, option in enumerate(item.option_order)
    ]
    return ShownItem(
        position=item.position,
        kind=version.kind,
        stem=version.stem,
        options=options,
        text=item.response if isinstance(item.response, str) else "",
        is_right=item.is_right if ended else None,
        explanation=version.explanation if reveal else "",
        accepted=" / ".join(version.answer) if reveal and not options else "",
    )


def open_questions(course: Course) -> int:
    """How many questions a paper of the course can draw from."""
    return course.questions.filter(is_open=True).count()


def question_bank(course: Course) -> QuerySet[QuestionVersion]:
    """The newest words of every question of the course, closed ones included."""
    ranked = QuestionVersion.objects.filter(question__course=course).annotate(
        age=Window(RowNumber(), partition_by=F("question"), order_by=F("number").desc())
    )
    return ranked.filter(age=1).select_related("question").order_by("question_id")


def banks_of(courses: QuerySet[Course]) -> QuerySet[Course]:
    """Courses with the number of open questions in their bank."""
    return courses.annotate(open_questions=Count("questions", filter=Q(questions__is_open=True)))


def waiting_submissions(user: User, programme: Programme) -> QuerySet[Submission]:
    """Handed-in homework in the user's marking scope, the longest waiting first."""
    waiting = Submission.objects.visible_to(user).filter(
        programme=programme, state=SubmissionState.HANDED_IN
    )
    return (
        waiting.exclude(user=user)
        .select_related("homework__course", "user__school")
        .order_by("handed_in_at")
    )
