"""From counted acts to results that stand: by a published formula, corrected, frozen, decided."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from notifications.models import Notification
from tests.factories import UserFactory
from tests.workshops.assessments import assessed, officer_of, published, window_over
from tests.workshops.duty import make_shift
from tests.workshops.factories import host, make_sub, make_workshop, seat
from tests.workshops.gatherings import seminar, training
from tests.workshops.talk import make_thread, say
from workshops.domain.assessment.asking import ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.domain.assessment.decisions import decide
from workshops.domain.assessment.methods import draft_method, publish_method, save_method
from workshops.domain.assessment.rounds import compute_again, confirm_assessment
from workshops.domain.assessment.scoring import DEFAULT, Formula
from workshops.domain.moderation import hide_post
from workshops.enums.assessment import Consequence
from workshops.errors.assessment import (
    AlreadyDecided,
    AskedAlready,
    AssessmentConfirmed,
    AssessmentRuns,
    CorrectionOutOfRange,
    CorrectionsOpen,
    CorrectionsOver,
    FormulaFaulty,
    MethodMissing,
    MethodPublished,
    NotConfirmedYet,
    OwnCause,
    TermWithoutEnd,
    WindowOpen,
)
from workshops.errors.moderation import NothingToRule
from workshops.models import (
    Adjustment,
    Attendance,
    Attendee,
    DutyCheckIn,
    Host,
    HostResult,
    Meeting,
    Method,
    Post,
    Thread,
)
from workshops.queries.acts import act_page, acts_by_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def term(workshop):
    return host(workshop)


@pytest.fixture
def officer(workshop):
    return officer_of(workshop.organisation)


@pytest.fixture
def answered(workshop, term):
    """A question of a member with two answers of the host."""
    question = make_thread(workshop, seat(workshop).teacher, kind="question", title="怎样提问")
    return question, [say(question, term.user, as_host=True) for _ in range(2)]


def counts_of(workshop, by):
    return assessed(workshop, by).results.get().counts


def confirmed(workshop, officer):
    held = assessed(workshop, officer)
    window_over(held)
    confirm_assessment(held, by=officer)
    held.refresh_from_db()
    return held


def test_acts_of_the_family_count_and_the_first_answer_in_time_twice(
    workshop, term, officer, answered
):
    sub = make_sub(workshop)
    make_thread(sub, term.user, kind="guide", as_host=True)
    assert counts_of(workshop, officer) == {"answer": 2, "prompt": 1, "guide": 1}


def test_a_late_first_answer_is_an_answer_only(workshop, officer, answered):
    question, _replies = answered
    Thread.objects.filter(pk=question.pk).update(
        created_at=timezone.now() - timedelta(hours=48, seconds=5)
    )
    assert counts_of(workshop, officer) == {"answer": 2}


def test_what_is_hidden_or_said_as_a_member_counts_nothing(workshop, officer, term, answered):
    hide_post(answered[1][0], why="跑题", by=officer)
    say(answered[0], term.user)
    assert counts_of(workshop, officer) == {"answer": 1, "prompt": 1}


def test_acts_outside_the_days_do_not_count(workshop, officer, answered):
    Post.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert counts_of(workshop, officer) == {}


def test_duty_counts_with_the_check_in_and_is_owed_once_it_is_over(workshop, term, officer):
    now = timezone.now()
    served = make_shift(workshop, term.user, now - timedelta(days=2))
    make_shift(workshop, term.user, now - timedelta(days=1))
    make_shift(workshop, term.user, now + timedelta(days=1))
    DutyCheckIn.objects.create(shift=served, user=term.user, at=served.starts_at)
    assert counts_of(workshop, officer) == {"duty": 1, "duty_owed": 2}


def attended(gathering, person, presence="present", days_ago=0):
    """A meeting of the gathering, so many days ago, with ``person`` on its list."""
    begins_at = timezone.now() - timedelta(days=days_ago)
    meeting = Meeting.objects.create(
        gathering=gathering,
        number=gathering.meetings.count() + 1,
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=1),
    )
    invited = Attendee.objects.get_or_create(gathering=gathering, user=person)[0]
    Attendance.objects.create(
        meeting=meeting, attendee=invited, presence=presence, way="list", marked_by=UserFactory()
    )


def test_a_training_counts_for_who_was_present_once_for_all_its_meetings(workshop, term, officer):
    held = training(workshop.organisation)
    for days in (2, 1):
        attended(held, term.user, days_ago=days)
    attended(held, host(workshop).user, presence="leave")
    results = assessed(workshop, officer).results
    assert results.get(user=term.user).counts == {"training": 1}
    assert results.exclude(user=term.user).get().counts == {}


def test_a_training_counts_once_in_a_unit_where_one_hosts_longest(workshop, term, officer):
    second = make_workshop(workshop.organisation, subject="maths")
    elsewhere = make_workshop(workshop.organisation.parent)
    for room in (second, elsewhere):
        host(room, term.user, starts_on=term.starts_on + timedelta(days=1))
    attended(training(workshop.organisation), term.user)
    results = assessed(workshop, officer).results
    assert {one.workshop: one.counts for one in results.all()} == {
        workshop: {"training": 1},
        second: {},
    }
    above = assessed(elsewhere, officer_of(elsewhere.organisation)).results.get()
    assert above.counts == {"training": 1}


def test_a_seminar_counts_once_for_all_its_meetings(workshop, term, officer):
    held = seminar(workshop)
    for days in (2, 1):
        attended(held, term.user, days_ago=days)
    assert counts_of(workshop, officer) == {"seminar": 1}


def test_the_list_shows_each_act_that_counts(workshop, term, answered):
    page = act_page(term.user, [workshop.pk])
    assert sorted(one.kind for one in page.acts) == ["answer", "answer", "prompt"]
    assert page.before == ""
    assert acts_by_month(term.user, [workshop.pk])[0][2] == 2
    last = act_page(term.user, [workshop.pk], before=page.acts[0].place)
    assert [one.key for one in last.acts] == [one.key for one in page.acts[1:]]


def test_a_draft_is_one_and_begins_like_the_last_version(workshop, officer):
    first = draft_method(workshop.programme, workshop.organisation, by=officer)
    assert draft_method(workshop.programme, workshop.organisation, by=officer) == first
    publish_method(first, by=officer)
    second = draft_method(workshop.programme, workshop.organisation, by=officer)
    assert (second.version, second.terms) == (2, first.terms)


def test_a_faulty_formula_is_kept_but_not_published(workshop, officer):
    method = draft_method(workshop.programme, workshop.organisation, by=officer)
    save_method(method, Formula(DEFAULT.terms[1:], DEFAULT.bands), intro="", by=officer)
    with pytest.raises(FormulaFaulty):
        publish_method(method, by=officer)
    with pytest.raises(MethodMissing):
        assessed(workshop, officer, Method.objects.get())


def test_a_published_formula_is_frozen(workshop, officer):
    method = published(workshop, officer)
    with pytest.raises(MethodPublished):
        save_method(method, DEFAULT, intro="", by=officer)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        Method.objects.update(intro="其他")


def test_one_assessment_at_a_time(workshop, officer, term):
    method = published(workshop, officer)
    assessed(workshop, officer, method)
    with pytest.raises(AssessmentRuns):
        assessed(workshop, officer, method)


def test_a_granted_request_is_an_adjustment_of_the_next_computation(workshop, officer, answered):
    held = assessed(workshop, officer)
    result = held.results.get()
    asked = ask_correction(result, kind="answer", asked=3, why="线下答疑", by=result.user)
    with pytest.raises(AskedAlready):
        ask_correction(result, kind="answer", asked=1, why="再问", by=result.user)
    rule_correction(asked, granted=2, why="两次有记录", by=officer)
    compute_again(held, by=officer)
    again = HostResult.objects.get()
    assert (again.pk, again.counts, again.adjusted) == (result.pk, result.counts, {"answer": 2})
    assert (result.total, again.total) == (Decimal("1.8"), Decimal("2.9"))  # of 85, raised
    assert Notification.objects.filter(user=result.user, kind="workshops.correction_ruled").exists()


def test_nobody_rules_for_oneself_nor_twice_nor_the_other_way(workshop, officer, answered):
    result = assessed(workshop, officer).results.get()
    asked = ask_correction(result, kind="topic", asked=1, why="漏了", by=result.user)
    with pytest.raises(OwnCause):
        rule_correction(asked, granted=1, why="好", by=result.user)
    with pytest.raises(CorrectionOutOfRange):
        rule_correction(asked, granted=-1, why="好", by=officer)
    rule_correction(asked, granted=0, why="没有记录", by=officer)
    with pytest.raises(NothingToRule):
        rule_correction(asked, granted=1, why="好", by=officer)
    assert not Adjustment.objects.exists()


def test_confirming_waits_for_the_window_and_for_every_request(workshop, officer, term):
    held = assessed(workshop, officer)
    result = held.results.get()
    with pytest.raises(WindowOpen):
        confirm_assessment(held, by=officer)
    asked = ask_correction(result, kind="topic", asked=1, why="漏了", by=term.user)
    window_over(held)
    with pytest.raises(CorrectionsOver):
        ask_correction(result, kind="guide", asked=1, why="漏了", by=term.user)
    with pytest.raises(CorrectionsOpen):
        confirm_assessment(held, by=officer)
    rule_correction(asked, granted=1, why="属实", by=officer)
    assert confirm_assessment(held, by=officer) == 1
    assert HostResult.objects.get().adjusted == {"topic": 1}


def test_confirmed_results_are_frozen(workshop, officer, term):
    held = confirmed(workshop, officer)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        HostResult.objects.update(total=99)
    for act in (compute_again, confirm_assessment):
        with pytest.raises(AssessmentConfirmed):
            act(held, by=officer)


def test_an_appeal_adds_a_revised_result_one_level_up(workshop, officer, answered):
    result = confirmed(workshop, officer).results.get()
    asked = ask_correction(result, kind="topic", asked=2, why="两个主题", by=result.user)
    with pytest.raises(OwnCause):
        rule_correction(asked, granted=2, why="好", by=officer)
    rule_correction(asked, granted=2, why="属实", by=officer_of(workshop.organisation.parent))
    standing = HostResult.objects.standing().get()
    assert (standing.replaces, standing.revision) == (result, 2)
    assert (standing.total, standing.adjusted) == (Decimal("6.5"), {"topic": 2})


def test_a_decision_follows_a_confirmed_result_once(workshop, officer, term):
    result = assessed(workshop, officer).results.get()
    with pytest.raises(NotConfirmedYet):
        decide(result, Consequence.STAYS, why="好", by=officer)
    window_over(result.assessment)
    confirm_assessment(result.assessment, by=officer)
    with pytest.raises(OwnCause):
        decide(result, Consequence.STAYS, why="好", by=term.user)
    with pytest.raises(TermWithoutEnd):
        decide(result, Consequence.RENEWED, why="好", by=officer)
    decide(result, Consequence.ENDED, why="考核不合格", by=officer)
    term.refresh_from_db()
    assert (term.ended_by, term.why_ended) == (officer, "考核不合格")
    with pytest.raises(AlreadyDecided):
        decide(result, Consequence.STAYS, why="好", by=officer)


def test_a_renewed_host_gets_another_term(workshop, officer):
    today = timezone.localdate()
    term = host(workshop, ends_on=today + timedelta(days=9))
    result = confirmed(workshop, officer).results.get()
    decide(result, Consequence.RENEWED, why="继续", until=today + timedelta(days=99), by=officer)
    terms = Host.objects.filter(user=term.user).order_by("starts_on")
    assert [one.ended_at for one in terms] == [None, None]
    assert terms[1].starts_on == term.ends_on + timedelta(days=1)
