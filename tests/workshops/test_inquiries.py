"""Joint inquiry: only what was tried in class is adopted, and everybody who helped is named."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from notifications.models import Notification
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, write
from workshops.domain.inquiries import adopt, contribute
from workshops.domain.moderation import hide_post
from workshops.enums.talk import Share, ThreadKind
from workshops.errors.talk import NotTriedYet, ProposalUnknown, TextMissing
from workshops.models import Contribution, Result
from workshops.queries.inquiries import inquiry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def asker(workshop):
    return seat(workshop).teacher


@pytest.fixture
def inquiry(workshop, asker):
    return make_thread(workshop, asker, kind=ThreadKind.INQUIRY)


def propose(inquiry, by, text="分角色"):
    return contribute(inquiry, write(text), Share.PROPOSAL, by=by)


def try_out(inquiry, proposal, by):
    return contribute(inquiry, write("用了两周，有效"), str(proposal.pk), by=by)


def test_what_was_tried_is_adopted_with_everybodys_name(workshop, asker, inquiry):
    author, trier, other = (seat(workshop).teacher for _ in range(3))
    proposal, untried = propose(inquiry, author), propose(inquiry, other)
    with pytest.raises(NotTriedYet):
        adopt(inquiry, [proposal.pk], text="先定角色", by=asker)
    try_out(inquiry, proposal, trier)
    for wrong in ([], [proposal.pk, untried.pk]):
        with pytest.raises(NotTriedYet):
            adopt(inquiry, wrong, text="先定角色", by=asker)
    with pytest.raises(TextMissing):
        adopt(inquiry, [proposal.pk], text="<p></p>", by=asker)
    adopt(inquiry, [proposal.pk], text="先定角色<script>", by=asker)
    adopt(inquiry, [proposal.pk], text="第二次", by=asker)
    assert Result.objects.get().text == "先定角色"
    assert inquiry_of(inquiry).people == [author.real_name, trier.real_name]
    told = Notification.objects.filter(kind="workshops.adopted").values_list("user", flat=True)
    assert set(told) == {author.pk, trier.pk}


def test_evidence_that_is_hidden_counts_nothing(workshop, asker, inquiry):
    proposal = propose(inquiry, asker)
    hide_post(try_out(inquiry, proposal, seat(workshop).teacher), why="假", by=host(workshop).user)
    with pytest.raises(NotTriedYet):
        adopt(inquiry, [proposal.pk], text="先定角色", by=asker)


def test_evidence_is_for_a_proposal_of_this_inquiry(workshop, asker, inquiry):
    elsewhere = propose(make_thread(workshop, asker, kind=ThreadKind.INQUIRY), asker)
    comment = contribute(inquiry, write(), "", by=asker)
    for key in (elsewhere.pk, comment.pk, "x"):
        with pytest.raises(ProposalUnknown):
            contribute(inquiry, write(), str(key), by=asker)
    assert inquiry.posts.count() == 2  # nothing was half written
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(post=comment, thread=inquiry, role=Share.EVIDENCE)


def test_a_form_that_is_sent_twice_is_one_proposal(asker, inquiry):
    sent = write("分角色", token=uuid4())
    assert contribute(inquiry, sent, "proposal", by=asker) == contribute(
        inquiry, sent, "proposal", by=asker
    )
    assert Contribution.objects.count() == 1


def test_from_the_problem_to_the_result_by_the_pages(workshop, asker, inquiry):
    client = Client()
    client.force_login(asker)
    place = reverse("workshops:reply", args=[inquiry.pk])
    client.post(place, {"text": "分角色", "token": str(uuid4()), "share": "proposal"})
    proposal = Contribution.objects.get()
    client.post(place, {"text": "有效", "token": str(uuid4()), "share": str(proposal.pk)})
    typed = {"text": "先定角色", "proposal": ["0"]}
    refused = client.post(reverse("workshops:adopt", args=[inquiry.pk]), typed)
    assert (refused.status_code, "先定角色" in refused.content.decode()) == (422, True)
    client.post(reverse("workshops:adopt", args=[inquiry.pk]), typed | {"proposal": [proposal.pk]})
    shown = client.get(reverse("workshops:thread", args=[inquiry.pk])).content.decode()
    assert "先定角色" in shown
    assert asker.real_name in shown
