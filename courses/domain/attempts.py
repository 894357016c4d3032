from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from courses.domain.papers import draw_paper, open_with_paper
from courses.domain.responses import given_answers
from courses.errors import AlreadyPassed, AttemptEnded, NoAttemptLeft, PaperNotReady
from courses.models.attempt import Attempt, AttemptState
from courses.models.course import Course
from courses.models.further_attempt import FurtherAttemptState
from courses.queries.further import further_attempts_at, met_questions
from courses.signals import test_passed
from programmes.domain.rulepacks import RulePack, rule_pack_of
from programmes.models import Enrolment, Programme

GRACE = timedelta(seconds=5)  # an answer under way when the time ended still counts


@transaction.atomic
def start_attempt(course: Course, *, user: User, programme: Programme) -> Attempt:
    """Open the next numbered sitting with a paper of its own, or return the open one.

    Safe to repeat. The enrolment row stays locked while attempts are counted, so nobody
    opens two sittings at once.

    Raises: AlreadyPassed, NoAttemptLeft, PaperNotReady.
    Source: R19, A9.
    """
    Enrolment.objects.select_for_update(no_key=True).get(programme=programme, user=user)
    pack = rule_pack_of(programme)
    earlier = list(Attempt.objects.filter(course=course, user=user, programme=programme))
    for attempt in earlier:
        if attempt.state == AttemptState.PASSED:
            raise AlreadyPassed
        if attempt.state == AttemptState.OPEN and not _is_over(attempt):
            return attempt
    _close_rest(earlier)
    if len(earlier) >= pack.test_attempts:
        _require_further(earlier, course, user, programme, pack)
    return _open_attempt(course, user, programme, number=len(earlier) + 1, pack=pack)


def _require_further(
    earlier: Sequence[Attempt], course: Course, user: User, programme: Programme, pack: RulePack
) -> None:
    """The year's attempts are used: only one that was granted on top can follow."""
    asked = further_attempts_at(course, user, programme)
    granted = sum(one.state == FurtherAttemptState.GRANTED for one in asked)
    if len(earlier) >= pack.test_attempts + granted:
        raise NoAttemptLeft(attempts=len(earlier))


def _close_rest(earlier: Sequence[Attempt]) -> None:
    if over := [one.pk for one in earlier if one.state == AttemptState.OPEN]:
        score_attempts(over)
        if Attempt.objects.filter(pk__in=over, state=AttemptState.PASSED).exists():
            raise AlreadyPassed


def _is_over(attempt: Attempt) -> bool:
    return timezone.now() >= attempt.deadline_at + GRACE


def _open_attempt(
    course: Course, user: User, programme: Programme, *, number: int, pack: RulePack
) -> Attempt:
    met = met_questions(course, user) if number > pack.test_attempts else set()
    paper = draw_paper(course, pack.test_questions, met)
    if not paper:
        raise PaperNotReady
    now = timezone.now()
    attempt = Attempt(
        course=course,
        user=user,
        programme=programme,
        number=number,
        pass_mark=pack.test_pass_mark,
        started_at=now,
        deadline_at=now + timedelta(minutes=pack.test_minutes),
    )
    return open_with_paper(attempt, paper)


SAVE = """
UPDATE courses_paperitem item
   SET saved_at = %(now)s,
       response = CASE
           WHEN version.kind = 'fill_in' THEN to_jsonb(nullif(given.text, ''))
           WHEN version.kind = 'multiple' OR cardinality(given.ticked) = 1 THEN (
               SELECT jsonb_agg(DISTINCT item.option_order[shown + 1])
                 FROM unnest(given.ticked) shown
                WHERE shown < cardinality(item.option_order))
       END
  FROM courses_attempt attempt, courses_questionversion version,
       jsonb_to_recordset(%(answers)s::jsonb) given(position int, ticked int[], text text)
 WHERE attempt.id = %(attempt)s AND attempt.user_id = %(user)s
   AND attempt.state = 'open' AND attempt.deadline_at > %(now)s - %(grace)s
   AND item.attempt_id = attempt.id AND item.position = given.position
   AND item.is_right IS NULL AND version.id = item.version_id
"""


def save_answers(attempt_id: int, answers: Mapping[int, Sequence[str]], *, user: User) -> int:
    """Keep answers of the user's open sitting, in one statement. The last answer counts.

    Safe to repeat. A sitting that is being scored at this moment takes no more answers.

    ``answers``: by position, the shown positions of the ticked options or one text.
    Raises: AttemptEnded when nothing could be kept.
    Returns: how many answers were kept.
    """
    if not answers:
        return 0
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "answers": given_answers(answers),
            "attempt": attempt_id,
            "user": user.pk,
            "now": timezone.now(),
            "grace": GRACE,
        }
        cursor.execute(SAVE, values)
        kept = cursor.rowcount
    if not kept:
        raise AttemptEnded
    return kept


@transaction.atomic
def hand_in_attempt(attempt: Attempt) -> Attempt:
    """End a sitting and score what was saved. Safe to repeat: an ended one stays as it is."""
    scored = _score([attempt.pk])
    if scored:
        attempt.state, attempt.score, attempt.ended_at = scored[0][:3]
    else:  # it was ended elsewhere
        attempt.refresh_from_db()
    return attempt


@transaction.atomic
def close_overdue_attempts(limit: int = 5000) -> int:
    """Score sittings whose time is over and that nobody handed in. Returns: how many."""
    overdue = (
        Attempt.objects.filter(state=AttemptState.OPEN, deadline_at__lte=timezone.now() - GRACE)
        .order_by("deadline_at")
        .values_list("pk", flat=True)[:limit]
    )
    return score_attempts(list(overdue))


SCORE = """
WITH held AS (
    SELECT id, deadline_at FROM courses_attempt
     WHERE id = ANY(%(ids)s) AND state = 'open' ORDER BY id FOR NO KEY UPDATE
), marked AS (
    UPDATE courses_paperitem item
       SET is_right = item.response IS NOT NULL AND CASE version.kind
           WHEN 'fill_in' THEN version.answer @> item.response
           ELSE version.answer = item.response END
      FROM courses_questionversion version, held
     WHERE version.id = item.version_id AND held.id = item.attempt_id
    RETURNING item.attempt_id, item.is_right
), scored AS (
    SELECT attempt_id, round(100.0 * count(*) FILTER (WHERE is_right) / count(*)) AS score
      FROM marked GROUP BY attempt_id
)
UPDATE courses_attempt attempt
   SET score = scored.score,
       state = CASE WHEN scored.score >= pass_mark THEN 'passed' ELSE 'failed' END,
       ended_at = least(%(now)s, attempt.deadline_at)
  FROM scored WHERE scored.attempt_id = attempt.id
RETURNING attempt.state, attempt.score, attempt.ended_at,
          attempt.user_id, attempt.course_id, attempt.programme_id
"""


def score_attempts(attempt_ids: Sequence[int]) -> int:
    """Score open sittings in one statement and tell who passed.

    Must run inside a transaction; the rows stay locked, so a sitting is scored once.
    Returns: how many were scored.
    """
    return len(_score(attempt_ids))


def _score(attempt_ids: Sequence[int]) -> list[tuple]:
    if not attempt_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SCORE, {"ids": list(attempt_ids), "now": timezone.now()})
        ended = cursor.fetchall()
    if passed := [row[3:] for row in ended if row[0] == AttemptState.PASSED]:
        test_passed.send(Attempt, passed=passed)
    return ended
