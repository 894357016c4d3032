from datetime import date, datetime

import pytest

from accounts.enums import Role
from credits.domain.disputes import (
    accept_answer,
    answer_dispute,
    close_settled,
    escalate_overdue,
    go_one_level_up,
    raise_dispute,
    withdraw_dispute,
)
from credits.enums import DisputeState as State
from credits.errors import (
    AnswerNotForOneself,
    DisputeMoved,
    DisputeOpenAlready,
    NoHigherUnit,
    NotYetOverdue,
    PartUnknown,
    ReasonMissing,
    TooManyDisputes,
)
from credits.models import HourDispute
from credits.permissions import can_answer_dispute
from credits.policy import DISPUTES_OPEN_AT_ONCE
from notifications.models import Notification
from programmes.domain.phases import BEIJING
from tests.credits.factories import enrol, make_officer, make_teacher, pdf_file
from tests.factories import make_branch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]
# Monday 16 October 2017; ten working days later is Monday 30 October.
DUE = date(2017, 10, 30)
AFTER_DUE = datetime(2017, 10, 31, 0, 0, tzinfo=BEIJING)


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def teacher(branch, programme):
    teacher = make_teacher(branch[3])
    enrol(teacher, programme)
    return teacher


@pytest.fixture
def officer(branch):
    return make_officer(branch[2])


@pytest.fixture
def dispute(teacher, programme, officer):
    return ask(teacher, programme)


def ask(teacher, programme, **fields):
    given = {"part": "policy", "subject": "教育政策", "text": "没有计入"} | fields
    return raise_dispute(user=teacher, programme=programme, **given)


def told(user):
    return list(
        Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    )


def test_the_county_owes_an_answer_within_ten_working_days(dispute, branch, officer):
    assert (dispute.handler, dispute.due_on, dispute.state) == (branch[2], DUE, State.OPEN)
    assert told(officer) == ["credits.dispute_to_answer"]


def test_evidence_stays_with_the_dispute(teacher, programme):
    dispute = ask(teacher, programme, files=[pdf_file()])
    assert dispute.evidence.get().uploaded_by == teacher


@pytest.mark.parametrize(
    ("changed", "refusal"), [({"part": "singing"}, PartUnknown), ({"text": " "}, ReasonMissing)]
)
def test_a_dispute_names_a_part_and_says_what(teacher, programme, changed, refusal):
    with pytest.raises(refusal):
        ask(teacher, programme, **changed)


def test_one_open_dispute_per_course(dispute, teacher, programme):
    with pytest.raises(DisputeOpenAlready):
        ask(teacher, programme)
    withdraw_dispute(dispute, by=teacher)
    assert ask(teacher, programme).state == State.OPEN


def test_a_flood_is_stopped(teacher, programme):
    for number in range(DISPUTES_OPEN_AT_ONCE):
        ask(teacher, programme, subject=str(number))
    with pytest.raises(TooManyDisputes):
        ask(teacher, programme, subject="one more")


def test_an_answer_reaches_the_teacher_who_accepts_it(dispute, teacher, officer):
    answer_dispute(dispute, by=officer, outcome="refused", text="测试未通过")
    dispute.refresh_from_db()
    assert (dispute.state, dispute.outcome, dispute.answer) == ("answered", "refused", "测试未通过")
    assert told(teacher) == ["credits.dispute_answered"]
    accept_answer(dispute, by=teacher)
    assert HourDispute.objects.get().state == State.CLOSED


def test_an_answer_needs_words_and_another_person(dispute, teacher, officer):
    with pytest.raises(ReasonMissing):
        answer_dispute(dispute, by=officer, outcome="refused", text=" ")
    with pytest.raises(AnswerNotForOneself):
        answer_dispute(dispute, by=teacher, outcome="granted", text="x")


def test_a_second_answer_is_refused(dispute, officer):
    answer_dispute(dispute, by=officer, outcome="refused", text="x")
    with pytest.raises(DisputeMoved):
        answer_dispute(dispute, by=officer, outcome="granted", text="y")


def test_an_unsatisfied_teacher_goes_one_level_up(dispute, teacher, officer, branch):
    answer_dispute(dispute, by=officer, outcome="refused", text="x")
    go_one_level_up(dispute, by=teacher, why="测试已通过")
    dispute.refresh_from_db()
    assert (dispute.handler, dispute.state, dispute.answer) == (branch[1], State.OPEN, "")
    assert can_answer_dispute(officer, dispute) is False
    assert can_answer_dispute(make_officer(branch[1]), dispute) is True


def test_nobody_goes_up_before_the_answer_is_due(dispute, teacher, time_machine):
    with pytest.raises(NotYetOverdue):
        go_one_level_up(dispute, by=teacher, why="x")
    time_machine.move_to(AFTER_DUE)
    go_one_level_up(dispute, by=teacher, why="x")
    assert HourDispute.objects.get().handler == dispute.county.parent


def test_the_clock_hands_overdue_ones_up_until_the_province(dispute, branch, time_machine):
    assert escalate_overdue() == 0
    for day, handler in [(31, branch[1]), (None, branch[0])]:
        moment = AFTER_DUE if day else datetime(2017, 11, 21, tzinfo=BEIJING)
        time_machine.move_to(moment)
        assert escalate_overdue() == 1
        assert escalate_overdue() == 0
        assert HourDispute.objects.get().handler == handler
    time_machine.move_to(datetime(2018, 3, 1, tzinfo=BEIJING))
    assert escalate_overdue() == 0
    assert list(HourDispute.objects.overdue()) == [dispute]


def test_above_the_province_there_is_nobody(dispute, teacher, branch):
    HourDispute.objects.update(handler=branch[0], state="answered", answer="x", outcome="refused")
    with pytest.raises(NoHigherUnit):
        go_one_level_up(dispute, by=teacher, why="x")


def test_every_step_is_kept_for_both_sides(dispute, teacher, officer, branch):
    answer_dispute(dispute, by=officer, outcome="refused", text="未通过")
    go_one_level_up(dispute, by=teacher, why="已通过")
    steps = dispute.steps.values_list("by", "handler", "state", "text")
    assert list(steps) == [
        (teacher.pk, branch[2].pk, "open", "没有计入"),
        (officer.pk, branch[2].pk, "answered", "未通过"),
        (teacher.pk, branch[1].pk, "open", "已通过"),
    ]


def test_a_settled_answer_is_closed_after_thirty_days(dispute, officer, time_machine):
    answer_dispute(dispute, by=officer, outcome="refused", text="x")
    time_machine.move_to(datetime(2017, 11, 14, tzinfo=BEIJING))
    assert close_settled() == 0
    time_machine.move_to(datetime(2017, 11, 17, tzinfo=BEIJING))
    assert close_settled() == 1
    assert HourDispute.objects.get().state == State.CLOSED


def test_a_dispute_is_seen_and_raised_after_the_window(teacher, programme, time_machine, client):
    time_machine.move_to(datetime(2018, 2, 1, tzinfo=BEIJING))
    dispute = ask(teacher, programme)
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/credits/disputes/{dispute.pk}/").status_code == 200


def test_who_sees_a_dispute(dispute, teacher, officer, branch):
    away = make_branch()
    see = [
        teacher,
        officer,
        make_officer(branch[3], Role.PRINCIPAL),
        make_officer(branch[2], Role.AUDITOR),
    ]
    blind = [
        make_teacher(branch[3]),
        make_officer(branch[2], Role.MARKER),
        make_officer(branch[0], Role.EDITOR),
        make_officer(away[2]),
    ]
    assert [HourDispute.objects.visible_to(user).count() for user in see] == [1] * 4
    assert [HourDispute.objects.visible_to(user).count() for user in blind] == [0] * 4
