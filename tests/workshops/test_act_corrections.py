"""A host asks about one act of the list; whoever rules finds the act itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.workshops.assessments import assessed, officer_of, window_over
from tests.workshops.duty import make_shift
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.domain.assessment.rounds import compute_again, confirm_assessment
from workshops.domain.moderation import hide_post
from workshops.errors.assessment import (
    ActNotCounted,
    AskedAlready,
    CorrectionOutOfRange,
    OtherKindMissing,
)
from workshops.models import Correction, DutyCheckIn, HostResult, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def officer(workshop):
    return officer_of(workshop.organisation)


@pytest.fixture
def term(workshop):
    return host(workshop)


@pytest.fixture
def reply(workshop, term):
    """A host's answer in time: it counts as an answer and as a first one."""
    question = make_thread(workshop, seat(workshop).teacher, kind="question", title="怎样提问")
    return say(question, term.user, as_host=True)


@pytest.fixture
def result(workshop, officer, reply):
    return assessed(workshop, officer).results.select_related("assessment", "user").get()


def ask(result, key, kind="answer", fault="not_mine", **fields):
    named = {"act_kind": kind, "act_key": key, "fault": fault}
    return ask_about_act(result, **named, why="请核对", by=result.user, **fields)


def test_an_act_that_is_not_mine_is_one_less_of_its_kind(result, reply, officer):
    asked = ask(result, reply.pk)
    assert (asked.kind, asked.asked, asked.act) == ("answer", -1, "怎样提问")
    rule_correction(asked, granted=-1, why="代答", by=officer)
    compute_again(result.assessment, by=officer)
    again = HostResult.objects.get()
    assert (again.counts["answer"], again.adjusted) == (1, {"answer": -1})


def test_what_was_granted_about_an_act_that_is_hidden_later_is_not_taken_away_twice(
    result, reply, officer
):
    say(reply.thread, result.user, as_host=True)
    rule_correction(ask(result, reply.pk), granted=-1, why="代答", by=officer)
    hide_post(reply, why="跑题", by=officer)
    compute_again(result.assessment, by=officer)
    again = HostResult.objects.get()
    assert (again.counts["answer"], again.adjusted) == (1, {})


def test_an_act_that_is_missing_is_one_more_of_the_other_kind(result, reply):
    with pytest.raises(OtherKindMissing):
        ask(result, reply.pk, fault="missing", counts_as="answer")
    asked = ask(result, reply.pk, fault="missing", counts_as="topic")
    assert (asked.kind, asked.asked, asked.act_kind) == ("topic", 1, "answer")


def test_one_act_is_asked_about_once_and_others_of_its_kind_beside_it(
    result, reply, workshop, officer
):
    other = say(reply.thread, result.user, as_host=True)
    first = ask(result, reply.pk)
    ask(result, other.pk)
    ask(result, reply.pk, kind="prompt", fault="wrong")
    ask_correction(result, kind="answer", asked=2, why="线下两次", by=result.user)
    rule_correction(first, granted=0, why="系本人所答", by=officer)
    with pytest.raises(AskedAlready):
        ask(result, reply.pk, fault="wrong")


def test_what_was_refused_may_be_appealed(result, reply, officer):
    rule_correction(ask(result, reply.pk), granted=0, why="系本人所答", by=officer)
    window_over(result.assessment)
    confirm_assessment(result.assessment, by=officer)
    result.assessment.refresh_from_db()
    assert ask(result, reply.pk).is_appeal


def test_only_ones_own_counted_acts_of_those_days(result, reply, workshop, officer):
    colleague = say(reply.thread, host(workshop).user, as_host=True)
    elsewhere = make_thread(make_workshop(workshop.organisation.parent), result.user, as_host=True)
    early = say(reply.thread, result.user, as_host=True)
    Post.objects.filter(pk=early.pk).update(created_at=timezone.now() - timedelta(days=40))
    as_member = say(reply.thread, result.user)
    for key in (colleague.pk, elsewhere.posts.get().pk, early.pk, as_member.pk):
        with pytest.raises(ActNotCounted):
            ask(result, key)
    hide_post(reply, why="跑题", by=officer)
    with pytest.raises(ActNotCounted):
        ask(result, reply.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"act_kind": "guide", "kind": "guide"},  # the answer is no guide
        {"asked": -2},
        {"fault": "missing", "asked": 1},  # under its own kind
        {"fault": ""},
        {"granted": -3, "ruled_at": timezone.now(), "ruling": "好"},
    ],
)
def test_the_database_knows_the_act_and_what_one_may_ask(result, reply, officer, wrong):
    row = {"act_kind": "answer", "act_key": reply.pk, "kind": "answer", "fault": "wrong"}
    row |= {"asked": -1, "why": "请核对", "plea": "correction", "result": result}
    if "granted" in wrong:
        wrong = wrong | {"ruled_by": officer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(user=result.user, **(row | wrong))
    with pytest.raises(IntegrityError, match="own acts"), transaction.atomic():
        Correction.objects.create(user=officer, **row)
    Correction.objects.create(user=result.user, **row)


def test_a_shift_is_an_act_of_its_own(workshop, term, officer):
    served = make_shift(workshop, term.user, timezone.now() - timedelta(days=2))
    DutyCheckIn.objects.create(shift=served, user=term.user, at=served.starts_at)
    result = assessed(workshop, officer).results.get()
    asked = ask(result, served.pk, kind="duty")
    assert asked.act == f"{timezone.localtime(served.starts_at):%Y-%m-%d %H:%M}"
    with pytest.raises(CorrectionOutOfRange):
        rule_correction(asked, granted=-2, why="好", by=officer)


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_from_the_line_of_the_act_to_the_ruling(result, reply, officer):
    client = browser_of(result.user)
    door = reverse("workshops:correction_ask_of_act", args=[result.pk, "answer", reply.pk])
    assert door in client.get(reverse("workshops:service")).content.decode()
    refused = client.post(door, {"fault": "missing", "why": "本来是主题"})
    assert refused.status_code == 422
    assert "本来是主题" in refused.content.decode()
    client.post(door, {"fault": "not_mine", "why": "同事代答"})
    assert door not in client.get(reverse("workshops:service")).content.decode()
    link = reverse("workshops:post", args=[reply.pk])
    assert link in client.get(reverse("workshops:host_result", args=[result.pk])).content.decode()
    case = reverse("workshops:correction", args=[Correction.objects.get().pk])
    office = browser_of(officer)
    assert link in office.get(case).content.decode()
    office.post(case, {"granted": "-1", "why": "属实"})
    assert Correction.objects.get().granted == -1
