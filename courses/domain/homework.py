import html
import re

import nh3
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.domain.audit import record_act
from courses.errors import (
    AlreadyMarked,
    HomeworkLocked,
    HomeworkNeedsFile,
    HomeworkTooShort,
    MarkNeedsReason,
)
from courses.models.homework import (
    SUBMISSION_NEXT_STATES,
    Homework,
    Mark,
    Submission,
    SubmissionState,
    SubmissionVersion,
)
from courses.signals import homework_accepted
from notifications.domain.notify import notify
from programmes.models import Programme

ALLOWED_TAGS = {"p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "blockquote", "h3"}
LONGEST_TEXT = 60_000
SHORTEST_REASON = 10
OPEN_STATES = (SubmissionState.DRAFT, SubmissionState.RETURNED)


def clean_text(text: str) -> str:
    """The text with the formatting that we show and nothing that a browser could run."""
    text = text.replace("\x00", "")[:LONGEST_TEXT]
    return nh3.clean(text, tags=ALLOWED_TAGS, attributes={}).strip()


def written_characters(text: str) -> int:
    """Characters that a reader would count: no tags, no white space."""
    bare = html.unescape(re.sub(r"<[^>]+>", "", text))
    return len(re.sub(r"\s", "", bare))


def submission_of(homework: Homework, *, user: User, programme: Programme) -> Submission:
    """The teacher's submission for the homework, begun if there is none yet."""
    submission, _begun = Submission.objects.get_or_create(
        homework=homework, user=user, programme=programme
    )
    return submission


@transaction.atomic
def save_draft(submission: Submission, text: str) -> Submission:
    """Keep the draft. Safe to repeat. Raises: HomeworkLocked while it is handed in."""
    submission = _locked(submission)
    submission.draft = clean_text(text)
    submission.draft_saved_at = timezone.now()
    submission.save(update_fields=["draft", "draft_saved_at"])
    return submission


def _locked(submission: Submission) -> Submission:
    held = Submission.objects.select_for_update(no_key=True, of=("self",))
    submission = held.select_related("homework").get(pk=submission.pk)
    if submission.state not in OPEN_STATES:
        raise HomeworkLocked
    return submission


@transaction.atomic
def hand_in(submission: Submission, text: str | None = None) -> Submission:
    """Freeze the draft as the next version and put it before the markers.

    Safe to repeat: handing in what is already handed in changes nothing.

    Raises: HomeworkTooShort, HomeworkNeedsFile; HomeworkLocked when it was accepted.
    Source: R19.
    """
    current = Submission.objects.select_for_update(no_key=True, of=("self",))
    submission = current.select_related("homework").get(pk=submission.pk)
    if submission.state == SubmissionState.HANDED_IN:
        return submission
    if submission.state not in OPEN_STATES:
        raise HomeworkLocked
    if text is not None:
        submission.draft = clean_text(text)
    _check_complete(submission)
    submission.handed_in_at = submission.draft_saved_at = timezone.now()
    number = (submission.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    SubmissionVersion.objects.create(
        submission=submission,
        number=number,
        text=submission.draft,
        handed_in_at=submission.handed_in_at,
    )
    drafted = submission.files.filter(removed_at=None, first_version=None)
    drafted.update(first_version=number)
    return move_submission(submission, SubmissionState.HANDED_IN, by=submission.user)


def _check_complete(submission: Submission) -> None:
    written = written_characters(submission.draft)
    if written < submission.homework.minimum_characters:
        raise HomeworkTooShort(needed=submission.homework.minimum_characters, written=written)
    if submission.homework.needs_file and not submission.files.filter(removed_at=None).exists():
        raise HomeworkNeedsFile


def move_submission(
    submission: Submission, state: SubmissionState, *, by: User | None, why: str = ""
) -> Submission:
    """Take a submission to its next state and write who did it. The row must be locked."""
    if state not in SUBMISSION_NEXT_STATES[SubmissionState(submission.state)]:
        raise AlreadyMarked
    before, submission.state = submission.state, state
    submission.save()
    record_act("move_submission", submission, by=by, from_state=before, to_state=state, why=why)
    return submission


@transaction.atomic
def mark_submission(submission: Submission, *, accepted: bool, reason: str, by: User) -> Mark:
    """Accept a handed-in homework or return it, with a reason either way.

    Raises: AlreadyMarked when another marker was first; MarkNeedsReason.
    Source: R19, A9.
    """
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise MarkNeedsReason(needed=SHORTEST_REASON)
    submission = (
        Submission.objects.select_for_update(no_key=True, of=("self",))
        .select_related("homework__course", "user", "programme")
        .get(pk=submission.pk)
    )
    if submission.state != SubmissionState.HANDED_IN:
        raise AlreadyMarked
    version = submission.versions.order_by("-number").first()
    mark = Mark.objects.create(version=version, marker=by, accepted=accepted, reason=reason)
    state = SubmissionState.ACCEPTED if accepted else SubmissionState.RETURNED
    move_submission(submission, state, by=by, why=reason)
    if accepted:
        homework_accepted.send(Submission, submission=submission)
    _tell_teacher(submission, mark)
    return mark


def _tell_teacher(submission: Submission, mark: Mark) -> None:
    course = submission.homework.course
    notify(
        [submission.user_id],
        "courses.homework_accepted" if mark.accepted else "courses.homework_returned",
        {"course": course.title},
        reverse("courses:homework", kwargs={"code": course.code}),
        urgent=not mark.accepted,
        key=f"courses.mark:{mark.pk}",
    )


def files_of_version(version: SubmissionVersion):
    """The files that lay beside the text when it was handed in."""
    return version.submission.files.filter(
        Q(last_version=None) | Q(last_version__gte=version.number),
        first_version__lte=version.number,
    )
