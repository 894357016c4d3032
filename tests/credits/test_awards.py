from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditRecord
from credits.domain.awards import approve_award, refuse_award, withdraw_award
from credits.domain.disputes import raise_dispute
from credits.enums import AwardState, DisputeState
from credits.errors import (
    AlreadyDecided,
    AwardDayWrong,
    AwardForOneself,
    AwardTooLarge,
    EvidenceEmpty,
    EvidenceMissing,
    EvidenceTooLarge,
    EvidenceTooMany,
    EvidenceTypeUnknown,
    NotEnrolled,
    PartUnknown,
    ReasonMissing,
    SecondPersonNeeded,
)
from credits.models import HourDispute, LedgerEntry, ManualAward
from credits.permissions import can_decide_award, can_propose_award_for
from credits.policy import EVIDENCE_FILES
from credits.queries import hours_by_part
from tests.credits.factories import PDF, enrol, make_officer, make_teacher, pdf_file, propose
from tests.credits.test_ledger_races import at_once
from tests.factories import make_branch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_october")]


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def teacher(branch, programme):
    teacher = make_teacher(branch[3])
    enrol(teacher, programme)
    return teacher


@pytest.fixture
def proposer(branch):
    return make_officer(branch[3], Role.PRINCIPAL)


@pytest.fixture
def second(branch):
    return make_officer(branch[2])


def test_a_proposal_gives_nothing(teacher, programme, proposer):
    award = propose(teacher, programme, proposer)
    assert (award.state, award.entry, award.category) == (AwardState.PROPOSED, None, "required")
    assert hours_by_part(teacher, programme)["policy"] == 0
    assert award.evidence.get().name == "证明.pdf"


def test_a_second_person_gives_the_hours_once(teacher, programme, proposer, second):
    award = propose(teacher, programme, proposer)
    approve_award(award, by=second)
    entry = LedgerEntry.objects.get()
    assert (entry.source, entry.class_hours) == (f"credits.award:{award.pk}", 2)
    assert entry.earned_at.date() == date(2017, 9, 1)
    award.refresh_from_db()
    assert (award.state, award.decided_by, award.entry) == (AwardState.APPROVED, second, entry)
    with pytest.raises(AlreadyDecided):
        approve_award(award, by=second)
    assert hours_by_part(teacher, programme)["policy"] == 2


def test_both_acts_are_audited(teacher, programme, proposer, second):
    award = propose(teacher, programme, proposer)
    refuse_award(award, by=second, why="签到表无公章")
    acts = AuditRecord.objects.filter(object_label="credits.manualaward").order_by("pk")
    assert [(act.by, act.from_state, act.to_state, act.why) for act in acts] == [
        (proposer, "", "proposed", "线下培训，平台没有记录"),
        (second, "proposed", "refused", "签到表无公章"),
    ]


def test_the_proposer_cannot_decide(teacher, programme, second):
    award = propose(teacher, programme, second)
    assert can_decide_award(second, award) is False
    with pytest.raises(SecondPersonNeeded):
        approve_award(award, by=second)
    assert hours_by_part(teacher, programme)["policy"] == 0


def test_nobody_gives_hours_to_themselves(teacher, programme, proposer):
    with pytest.raises(AwardForOneself):
        propose(teacher, programme, teacher)
    with pytest.raises(AwardForOneself):
        approve_award(propose(teacher, programme, proposer), by=teacher)


@pytest.mark.parametrize("decider", ["proposer", "teacher"])
def test_the_database_refuses_the_wrong_decider(teacher, programme, proposer, decider):
    award = propose(teacher, programme, proposer)
    person = proposer if decider == "proposer" else teacher
    with pytest.raises(IntegrityError), transaction.atomic():
        ManualAward.objects.filter(pk=award.pk).update(decided_by=person)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"files": []}, EvidenceMissing),
        ({"reason": " "}, ReasonMissing),
        ({"class_hours": Decimal("2.5")}, AwardTooLarge),
        ({"part": "singing"}, PartUnknown),
        ({"earned_on": date(2017, 10, 17)}, AwardDayWrong),
        ({"earned_on": date(2016, 12, 31)}, AwardDayWrong),
        ({"files": [pdf_file()] * (EVIDENCE_FILES + 1)}, EvidenceTooMany),
        ({"files": [pdf_file("a.exe")]}, EvidenceTypeUnknown),
        ({"files": [pdf_file("a.png")]}, EvidenceTypeUnknown),
        ({"files": [pdf_file("a.pdf", b"MZ executable")]}, EvidenceTypeUnknown),
        ({"files": [pdf_file("a.pdf", b"")]}, EvidenceEmpty),
        ({"files": [pdf_file("a.pdf", PDF + b"0" * 10 * 1024 * 1024)]}, EvidenceTooLarge),
    ],
)
def test_a_proposal_that_lacks_something_is_refused(teacher, programme, proposer, changed, refusal):
    with pytest.raises(refusal):
        propose(teacher, programme, proposer, **changed)
    assert ManualAward.objects.count() == 0


def test_hours_are_for_enrolled_people(programme, proposer, branch):
    with pytest.raises(NotEnrolled):
        propose(make_teacher(branch[3]), programme, proposer)


def test_a_refusal_needs_a_reason(teacher, programme, proposer, second):
    with pytest.raises(ReasonMissing):
        refuse_award(propose(teacher, programme, proposer), by=second, why=" ")


def test_a_withdrawn_proposal_cannot_be_approved(teacher, programme, proposer, second):
    award = propose(teacher, programme, proposer)
    withdraw_award(award, by=proposer)
    with pytest.raises(AlreadyDecided):
        approve_award(award, by=second)


def test_an_approval_answers_the_dispute_behind_it(teacher, programme, proposer, second):
    dispute = raise_dispute(
        user=teacher, programme=programme, part="policy", subject="法治培训", text="没有计入"
    )
    approve_award(propose(teacher, programme, proposer, dispute=dispute), by=second)
    dispute = HourDispute.objects.get()
    assert (dispute.state, dispute.outcome) == (DisputeState.ANSWERED, "granted")
    assert dispute.answered_by == second


def test_only_officers_of_the_county_or_above_decide(teacher, programme, proposer, branch):
    award = propose(teacher, programme, proposer)
    province, city, county, school = branch
    may = {unit: can_decide_award(make_officer(unit), award) for unit in branch}
    assert may == {province: True, city: True, county: True, school: False}
    assert can_decide_award(make_officer(make_branch()[2]), award) is False
    assert can_decide_award(make_officer(county, Role.AUDITOR), award) is False
    assert can_decide_award(make_officer(county, Role.MARKER), award) is False
    assert can_propose_award_for(make_officer(school, Role.MARKER), teacher) is False


@pytest.mark.django_db(transaction=True)
def test_one_of_two_deciders_wins(programme):
    teacher = make_teacher()
    enrol(teacher, programme)
    county = teacher.school.parent
    award = propose(teacher, programme, make_officer(teacher.school, Role.PRINCIPAL))
    one, another = make_officer(county), make_officer(county)
    results = at_once(
        lambda: approve_award(award, by=one), lambda: refuse_award(award, by=another, why="x")
    )
    refused = [type(one) for one in results if isinstance(one, Exception)]
    award.refresh_from_db()
    assert refused == [AlreadyDecided]
    given = hours_by_part(teacher, programme)["policy"]
    assert given == (2 if award.state == AwardState.APPROVED else 0)
