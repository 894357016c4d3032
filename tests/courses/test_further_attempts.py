"""One more attempt: asked for by the teacher, decided by the county, counted under the lock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from core.invariants import check_invariants
from core.models import AuditRecord
from courses.domain.answers import may_see_answers
from courses.domain.attempts import hand_in_attempt, save_answers, start_attempt
from courses.domain.further_attempts import (
    ask_further_attempt,
    grant_further_attempt,
    refuse_further_attempt,
)
from courses.enums import CourseState
from courses.errors import (
    AlreadyPassed,
    AttemptsLeft,
    DecisionNeedsReason,
    FurtherAttemptDecided,
    FurtherAttemptForOneself,
    FurtherAttemptRefused,
    FurtherAttemptTooLate,
    NoAttemptLeft,
)
from courses.models import Attempt, AttemptState, FurtherAttempt, FurtherAttemptState
from courses.permissions import can_decide_further_attempt
from courses.queries.lines import line_of
from notifications.models import Notification
from organisations.enums import Level
from programmes.models import Programme
from tests.courses.assessment_factories import (
    make_bank,
    make_course,
    make_enrolment,
    make_programme,
    right_answers,
)
from tests.courses.factories import make_course_page
from tests.courses.test_completion import study_all
from tests.factories import UserFactory, appoint, make_branch, make_organisation
from tests.threads import in_own_connection, wait_until_blocked

pytestmark = pytest.mark.django_db
IN_JULY = datetime(2017, 7, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
WINDOW_ENDS = datetime(2017, 10, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
WHY = "当天停电。"


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(IN_JULY, tick=False):
        yield


def failed_three_times(singles=16, course=None, **fields):
    """An enrolment whose teacher failed the three attempts of the year at the course's test."""
    course, programme = course or make_course(), make_programme()
    make_bank(course, singles=singles)
    enrolment = make_enrolment(programme, **fields)
    for _ in range(3):
        fail(sit(course, enrolment))
    return course, enrolment


def sit(course, enrolment):
    return start_attempt(course, user=enrolment.user, programme=enrolment.programme)


def ask(course, enrolment, reason=""):
    return ask_further_attempt(
        course, user=enrolment.user, programme=enrolment.programme, reason=reason
    )


def fail(attempt):
    return hand_in_attempt(attempt)


def officer_of(enrolment):
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, enrolment.school.parent)
    return officer


def questions_of(attempt):
    return set(attempt.items.values_list("version__question", flat=True))


def test_a_granted_attempt_is_the_fourth_and_only_one():
    course, enrolment = failed_three_times(course=make_course_page(has_test=True).course)
    grant_further_attempt(ask(course, enrolment), reason=WHY, by=officer_of(enrolment))
    fourth = sit(course, enrolment)
    assert fourth.number == 4
    fail(fourth)
    with pytest.raises(NoAttemptLeft):
        sit(course, enrolment)
    assert ask(course, enrolment).number == 5
    assert [found for found in check_invariants() if not found.kept] == []


def test_asking_alone_opens_nothing():
    course, enrolment = failed_three_times()
    ask(course, enrolment)
    with pytest.raises(NoAttemptLeft):
        sit(course, enrolment)


def test_asking_twice_is_one_request():
    course, enrolment = failed_three_times()
    assert ask(course, enrolment) == ask(course, enrolment)
    assert FurtherAttempt.objects.count() == 1


def test_who_still_has_an_attempt_or_has_passed_cannot_ask():
    course, programme = make_course(), make_programme()
    make_bank(course)
    enrolment = make_enrolment(programme)
    fail(sit(course, enrolment))
    with pytest.raises(AttemptsLeft):
        ask(course, enrolment)
    second = sit(course, enrolment)
    with pytest.raises(AttemptsLeft):
        ask(course, enrolment)
    save_answers(second.pk, right_answers(second), user=enrolment.user)
    hand_in_attempt(second)
    with pytest.raises(AlreadyPassed):
        ask(course, enrolment)


def test_a_granted_attempt_is_used_before_the_next_is_asked_for():
    course, enrolment = failed_three_times()
    grant_further_attempt(ask(course, enrolment), reason=WHY, by=officer_of(enrolment))
    with pytest.raises(AttemptsLeft):
        ask(course, enrolment)


@pytest.mark.parametrize(("after", "refused"), [(-1, False), (0, True)])
def test_one_may_ask_until_24_00_of_the_windows_last_day(after, refused):
    course, enrolment = failed_three_times()
    with time_machine.travel(WINDOW_ENDS + timedelta(seconds=after), tick=False):
        if refused:
            with pytest.raises(FurtherAttemptTooLate):
                ask(course, enrolment)
        else:
            assert ask(course, enrolment).state == FurtherAttemptState.ASKED


def test_a_refusal_stands_until_the_office_takes_it_back():
    course, enrolment = failed_three_times()
    officer = officer_of(enrolment)
    refused = refuse_further_attempt(ask(course, enrolment), reason=WHY, by=officer)
    with pytest.raises(FurtherAttemptRefused):
        ask(course, enrolment)
    with pytest.raises(NoAttemptLeft):
        sit(course, enrolment)
    grant_further_attempt(refused, reason="查实停电。", by=officer)
    assert sit(course, enrolment).number == 4
    moves = AuditRecord.objects.filter(verb="courses.move_further_attempt").order_by("pk")
    assert list(moves.values_list("from_state", "to_state", "why")) == [
        ("asked", "refused", WHY),
        ("refused", "granted", "查实停电。"),
    ]


def test_what_is_granted_stays_granted():
    course, enrolment = failed_three_times()
    officer = officer_of(enrolment)
    granted = grant_further_attempt(ask(course, enrolment), reason=WHY, by=officer)
    with pytest.raises(FurtherAttemptDecided):
        refuse_further_attempt(granted, reason=WHY, by=officer)


def test_a_decision_needs_words_and_another_person():
    course, enrolment = failed_three_times()
    further = ask(course, enrolment)
    with pytest.raises(DecisionNeedsReason):
        grant_further_attempt(further, reason="  ", by=officer_of(enrolment))
    with pytest.raises(FurtherAttemptForOneself):
        grant_further_attempt(further, reason=WHY, by=enrolment.user)
    decided = {"state": "granted", "decided_at": IN_JULY, "decision_reason": WHY}
    with pytest.raises(IntegrityError, match="further_attempt_decided_by_somebody_else"):
        FurtherAttempt.objects.update(decided_by=enrolment.user, **decided)


def test_both_sides_are_told_once():
    course, enrolment = failed_three_times()
    officer = officer_of(enrolment)
    refused = refuse_further_attempt(ask(course, enrolment), reason=WHY, by=officer)
    grant_further_attempt(refused, reason=WHY, by=officer)
    told = Notification.objects.filter(kind__startswith="courses.further").order_by("pk")
    assert list(told.values_list("user_id", "kind", "urgent")) == [
        (officer.pk, "courses.further_attempt_asked", False),
        (enrolment.user_id, "courses.further_attempt_refused", False),
        (enrolment.user_id, "courses.further_attempt_granted", True),
    ]


def decides(role, unit, further):
    user = UserFactory()
    appoint(user, role, unit)
    seen = FurtherAttempt.objects.visible_to(user).filter(pk=further.pk).exists()
    assert seen == can_decide_further_attempt(user, further)
    return seen


def test_the_county_and_above_decide_the_school_and_the_auditor_do_not():
    course, enrolment = failed_three_times()
    further = ask(course, enrolment)
    county = enrolment.school.parent
    yes = [(Role.ADMINISTRATOR, county), (Role.PROJECT_OFFICER, county.parent)]
    no = [
        (Role.ADMINISTRATOR, enrolment.school),
        (Role.PRINCIPAL, enrolment.school),
        (Role.AUDITOR, county),
        (Role.MARKER, county),
        (Role.ADMINISTRATOR, make_branch()[2]),
    ]
    assert [decides(role, unit, further) for role, unit in yes + no] == [True] * 2 + [False] * 5


def test_the_unit_acting_as_county_decides_for_a_city_run_school():
    _province, city, county, _school = make_branch()
    city_run = make_organisation(Level.SCHOOL, city, acting_county=county)
    course, enrolment = failed_three_times(school=city_run)
    further = ask(course, enrolment)
    assert decides(Role.ADMINISTRATOR, county, further)
    assert not decides(Role.ADMINISTRATOR, make_organisation(Level.COUNTY, city), further)


def test_no_officer_decides_on_attempts_of_their_own():
    course, enrolment = failed_three_times()
    appoint(enrolment.user, Role.ADMINISTRATOR, enrolment.school.parent)
    assert not can_decide_further_attempt(enrolment.user, ask(course, enrolment))


def test_answers_stay_hidden_while_a_further_attempt_can_follow():
    course, enrolment = failed_three_times()
    officer = officer_of(enrolment)
    third = Attempt.objects.get(number=3)
    assert not may_see_answers(third)
    further = ask(course, enrolment)
    assert not may_see_answers(third)
    refused = refuse_further_attempt(further, reason=WHY, by=officer)
    assert may_see_answers(third)
    grant_further_attempt(refused, reason=WHY, by=officer)
    assert not may_see_answers(third)
    with time_machine.travel(WINDOW_ENDS, tick=False):
        assert not may_see_answers(third)


@pytest.mark.parametrize(("after", "shown"), [(-1, False), (0, True)])
def test_answers_are_shown_once_the_window_is_over_and_nobody_asked(after, shown):
    _course, _enrolment = failed_three_times()
    with time_machine.travel(WINDOW_ENDS + timedelta(seconds=after), tick=False):
        assert may_see_answers(Attempt.objects.get(number=3)) is shown
        assert not may_see_answers(Attempt.objects.get(number=2))


def granted_paper(bank):
    course, enrolment = failed_three_times(singles=bank)
    met = set().union(*(questions_of(one) for one in Attempt.objects.all()))
    grant_further_attempt(ask(course, enrolment), reason=WHY, by=officer_of(enrolment))
    return met, questions_of(sit(course, enrolment)), course


def test_a_further_paper_asks_what_the_teacher_has_not_met():
    met, asked, _course = granted_paper(bank=45)
    assert (len(asked), met & asked) == (10, set())


def test_a_short_bank_fills_the_further_paper_with_met_questions():
    met, asked, course = granted_paper(bank=12)
    fresh = set(course.questions.values_list("pk", flat=True)) - met
    assert (len(asked), fresh <= asked) == (10, True)


def test_the_page_says_what_to_do_next_and_how_many_questions_repeat():
    course, enrolment = failed_three_times(singles=10)
    Programme.objects.update(is_current=True)
    client, page = Client(), reverse("courses:test", args=[course.code])
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page).context["too_late"] is False
    client.post(reverse("courses:further_attempt_ask", args=[course.code]), {"reason": "停电"})
    assert client.get(page).context["newest"].reason == "停电"
    further = FurtherAttempt.objects.get()
    grant_further_attempt(further, reason=WHY, by=officer_of(enrolment))
    shown = client.get(page)
    assert (shown.context["left"], shown.context["repeated"]) == (1, 10)
    assert WHY in shown.content.decode()


def test_the_course_line_counts_what_was_granted():
    course, enrolment = failed_three_times(course=make_course_page(has_test=True).course)
    study_all(enrolment.user, course)
    before = line_of(enrolment.user, course, enrolment.programme)
    assert (before.state, before.attempts_allowed) == (CourseState.NO_ATTEMPT_LEFT, 3)
    further = ask(course, enrolment)
    assert line_of(enrolment.user, course, enrolment.programme).further_state == "asked"
    grant_further_attempt(further, reason=WHY, by=officer_of(enrolment))
    after = line_of(enrolment.user, course, enrolment.programme)
    assert (after.state, after.attempts, after.attempts_allowed) == (CourseState.TEST, 3, 4)


def test_attempts_of_the_year_ask_nothing_about_further_ones():
    course, programme = make_course(), make_programme()
    make_bank(course)
    enrolment = make_enrolment(programme)
    with CaptureQueriesContext(connection) as queries:
        attempt = sit(course, enrolment)
        fail(attempt)
        may_see_answers(attempt)
    assert [one for one in queries.captured_queries if "furtherattempt" in one["sql"]] == []


def desk_queries(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("courses:further_attempts"))
    return len(queries)


def test_the_desk_costs_the_same_for_one_and_for_three():
    course, enrolment = failed_three_times()
    client = Client()
    client.force_login(officer_of(enrolment), backend="django.contrib.auth.backends.ModelBackend")
    ask(course, enrolment)
    first = desk_queries(client)
    for _ in range(2):
        colleague = make_enrolment(enrolment.programme, school=enrolment.school)
        for _ in range(3):
            fail(sit(course, colleague))
        ask(course, colleague)
    assert desk_queries(client) == first


@pytest.mark.django_db(transaction=True)
def test_a_start_waits_for_the_grant_under_way_and_then_counts_it():
    course, enrolment = failed_three_times()
    further, officer = ask(course, enrolment), officer_of(enrolment)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            grant_further_attempt(further, reason=WHY, by=officer)
            started = pool.submit(in_own_connection(sit), course, enrolment)
            assert wait_until_blocked()
        assert started.result().number == 4


@pytest.mark.django_db(transaction=True)
def test_asked_four_times_at_once_it_is_one_request_and_opens_one_attempt():
    course, enrolment = failed_three_times()
    with ThreadPoolExecutor(4) as pool:
        asked = set(pool.map(in_own_connection(lambda _: ask(course, enrolment).pk), range(4)))
        further = FurtherAttempt.objects.get()
        grant_further_attempt(further, reason=WHY, by=officer_of(enrolment))
        opened = set(pool.map(in_own_connection(lambda _: sit(course, enrolment).pk), range(4)))
    assert (asked, len(opened)) == ({further.pk}, 1)
    assert Attempt.objects.filter(state=AttemptState.OPEN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_officers_is_told():
    course, enrolment = failed_three_times()
    further = ask(course, enrolment)
    first, second = officer_of(enrolment), officer_of(enrolment)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            grant_further_attempt(further, reason=WHY, by=first)
            late = pool.submit(
                in_own_connection(refuse_further_attempt), further, reason=WHY, by=second
            )
            assert wait_until_blocked()
        with pytest.raises(FurtherAttemptDecided):
            late.result()
