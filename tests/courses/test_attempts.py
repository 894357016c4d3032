from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from courses.domain.answers import may_see_answers
from courses.domain.attempts import (
    close_overdue_attempts,
    hand_in_attempt,
    save_answers,
    score_attempts,
    start_attempt,
)
from courses.domain.questions import add_question, revise_question
from courses.errors import AlreadyPassed, AttemptEnded, NoAttemptLeft, PaperNotReady
from courses.models.attempt import Attempt, AttemptState
from courses.queries.assessment import paper_of
from courses.queries.assessment import test_passed as was_passed
from courses.signals import test_passed as passed_signal
from tests.courses.assessment_factories import (
    make_bank,
    make_course,
    make_enrolment,
    make_programme,
    right_answers,
)
from tests.factories import UserFactory
from tests.threads import outcome_of_rival

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting():
    """A teacher's freshly opened attempt at a course with a bank of 12 questions."""
    course, programme = make_course(), make_programme()
    make_bank(course, singles=12)
    enrolment = make_enrolment(programme)
    return start_attempt(course, user=enrolment.user, programme=programme)


def again(attempt):
    return start_attempt(attempt.course, user=attempt.user, programme=attempt.programme)


def fail(attempt):
    save_answers(attempt.pk, {1: ["0"]}, user=attempt.user)
    return hand_in_attempt(attempt)


def test_a_paper_holds_ten_different_questions(sitting):
    assert sitting.items.count() == 10
    assert sitting.items.values("version__question").distinct().count() == 10


def test_a_course_without_questions_has_no_test_yet():
    enrolment = make_enrolment(make_programme())
    with pytest.raises(PaperNotReady):
        start_attempt(make_course(), user=enrolment.user, programme=enrolment.programme)


def test_starting_twice_returns_the_open_attempt(sitting):
    assert again(sitting) == sitting


def test_all_right_passes_with_100_and_the_test_is_done(sitting):
    save_answers(sitting.pk, right_answers(sitting), user=sitting.user)
    ended = hand_in_attempt(sitting)
    assert (ended.state, ended.score) == (AttemptState.PASSED, 100)
    assert was_passed(sitting.user, sitting.course, sitting.programme)
    with pytest.raises(AlreadyPassed):
        again(sitting)


def test_the_last_answer_counts_and_six_of_ten_pass(sitting):
    answers = right_answers(sitting)
    for position in (7, 8, 9, 10):
        wrong = next(one for one in "0123" if one not in answers[position])
        save_answers(sitting.pk, {position: answers[position]}, user=sitting.user)
        answers[position] = [wrong]
    save_answers(sitting.pk, answers, user=sitting.user)
    ended = hand_in_attempt(sitting)
    assert (ended.state, ended.score) == (AttemptState.PASSED, 60)


def test_the_fourth_attempt_is_refused(sitting):
    fail(sitting)
    fail(again(sitting))
    last = fail(again(sitting))
    with pytest.raises(NoAttemptLeft):
        again(sitting)
    assert list(Attempt.objects.values_list("number", flat=True).order_by("number")) == [1, 2, 3]
    assert may_see_answers(last)


def test_what_is_right_is_hidden_while_it_could_be_copied(sitting):
    failed = fail(sitting)
    assert not may_see_answers(failed)
    shown = paper_of(failed, reveal=may_see_answers(failed))
    assert {option.right for item in shown for option in item.options} == {None}
    assert {item.explanation for item in shown} == {""}


def test_an_answer_after_the_deadline_is_refused_and_what_was_saved_is_scored(sitting):
    save_answers(sitting.pk, right_answers(sitting), user=sitting.user)
    with time_machine.travel(sitting.deadline_at + timedelta(seconds=6), tick=False):
        with pytest.raises(AttemptEnded):
            save_answers(sitting.pk, {1: ["0"]}, user=sitting.user)
        assert close_overdue_attempts() == 1
    sitting.refresh_from_db()
    assert (sitting.score, sitting.ended_at) == (100, sitting.deadline_at)


def test_a_sitting_that_passed_by_the_clock_needs_no_other(sitting):
    save_answers(sitting.pk, right_answers(sitting), user=sitting.user)
    over = time_machine.travel(sitting.deadline_at + timedelta(seconds=6), tick=False)
    with over, pytest.raises(AlreadyPassed):
        again(sitting)


def test_an_answer_under_way_at_the_deadline_still_counts(sitting):
    with time_machine.travel(sitting.deadline_at + timedelta(seconds=4), tick=False):
        assert save_answers(sitting.pk, {1: ["0"]}, user=sitting.user) == 1


def test_nobody_answers_in_somebody_elses_attempt(sitting):
    with pytest.raises(AttemptEnded):
        save_answers(sitting.pk, {1: ["0"]}, user=UserFactory())


def test_an_attempt_keeps_the_words_it_was_given(sitting):
    item = sitting.items.select_related("version__question").first()
    before = item.version.stem
    content = {"kind": "single", "stem": "新的说法", "options": ["甲", "乙"], "answer": [0]}
    revise_question(item.version.question, content, by=None)
    assert next(one.stem for one in paper_of(sitting, reveal=False)) == before


def test_every_kind_is_scored_by_its_own_rule():
    course, programme = make_course(), make_programme()
    contents = [
        {"kind": "multiple", "stem": "多", "options": list("甲乙丙"), "answer": [0, 2]},
        {"kind": "true_false", "stem": "判", "answer": [1]},
        {"kind": "fill_in", "stem": "填", "answer": ["教师法", "Teachers Law"]},
    ]
    for content in contents:
        add_question(course, content, by=None)
    user = make_enrolment(programme).user
    attempt = start_attempt(course, user=user, programme=programme)
    answers = right_answers(attempt)
    fill_in = attempt.items.get(version__kind="fill_in").position
    save_answers(attempt.pk, answers | {fill_in: [" ＴＥＡＣＨＥＲＳ  law "]}, user=user)
    assert hand_in_attempt(attempt).score == 100


def test_half_of_several_right_answers_is_wrong():
    course, programme = make_course(), make_programme()
    content = {"kind": "multiple", "stem": "多", "options": list("甲乙丙"), "answer": [0, 2]}
    add_question(course, content, by=None)
    user = make_enrolment(programme).user
    attempt = start_attempt(course, user=user, programme=programme)
    save_answers(attempt.pk, {1: right_answers(attempt)[1][:1]}, user=user)
    assert hand_in_attempt(attempt).score == 0


def test_positions_outside_the_paper_or_its_options_change_nothing(sitting):
    save_answers(sitting.pk, {1: ["99", "-1", "x", "²"]}, user=sitting.user)
    assert sitting.items.get(position=1).response is None
    with pytest.raises(AttemptEnded):
        save_answers(sitting.pk, {77: ["0"]}, user=sitting.user)


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_open_one_attempt():
    course, programme = make_course(), make_programme()
    make_bank(course)
    user = make_enrolment(programme).user

    def start(_):
        try:
            return start_attempt(course, user=user, programme=programme).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        opened = set(pool.map(start, range(4)))
    assert len(opened) == 1
    assert Attempt.objects.get().started_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_two_who_end_a_sitting_at_once_score_it_once():
    course, programme = make_course(), make_programme()
    make_bank(course)
    user = make_enrolment(programme).user
    attempt = start_attempt(course, user=user, programme=programme)
    save_answers(attempt.pk, right_answers(attempt), user=user)
    heard = []

    def hear(passed, **_kwargs):
        heard.append(passed)

    passed_signal.connect(hear)
    again = outcome_of_rival(
        lambda: hand_in_attempt(attempt), lambda: in_transaction(score_attempts, [attempt.pk])
    )
    passed_signal.disconnect(hear)
    assert (again, len(heard)) == (0, 1)


def in_transaction(act, *given):
    with transaction.atomic():
        return act(*given)


def test_a_paper_with_open_questions_is_handed_in_only_by_who_is_sure(sitting, client):
    client.force_login(sitting.user, backend="django.contrib.auth.backends.ModelBackend")
    place = f"/courses/attempts/{sitting.pk}/"
    form = {"questions": "10"} | {f"q{number}": "0" for number in range(1, 10)}

    assert client.post(f"{place}hand-in/", form).headers["Location"] == f"{place}?sure=1"
    sitting.refresh_from_db()
    assert sitting.state == AttemptState.OPEN
    assert sitting.items.exclude(response=None).count() == 9

    client.post(f"{place}hand-in/", form | {"sure": "1"})
    sitting.refresh_from_db()
    assert sitting.state in (AttemptState.PASSED, AttemptState.FAILED)
