"""Hosts by dated terms; caps and invitations, which hosts and their office give."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.invariants import check_invariants
from tests.factories import UserFactory
from tests.workshops.factories import host, make_sub, make_teacher, make_workshop, seat
from workshops.domain.caps import set_cap
from workshops.domain.hosts import appoint_host, end_term
from workshops.domain.invitations import invite, withdraw_invitation
from workshops.domain.seats import accept_invitation, join_workshop
from workshops.errors.hosting import AlreadyHost, TermEnded, TermOutOfOrder
from workshops.errors.moderation import ReasonMissing
from workshops.errors.seats import CapBelowMembers, CapOutOfRange, InvitationOver
from workshops.models import Host, Workshop
from workshops.permissions.seats import hosts

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 15)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-06-15 09:00 +08:00")


@pytest.fixture
def workshop():
    return make_workshop()


def appoint(workshop, user=None, **fields):
    values = {"qualification": "expert", "starts_on": TODAY, "by": UserFactory()} | fields
    return appoint_host(workshop, user or UserFactory(), **values)


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_a_host_leads_the_sub_workshops_too_and_no_other(workshop):
    term = appoint(workshop)
    sub, other = make_sub(workshop), make_workshop()
    assert [hosts(term.user, one) for one in (workshop, sub, other)] == [True, True, False]
    assert set(Workshop.objects.visible_to(term.user)) == {workshop, sub}
    above = appoint(other)
    assert hosts(above.user, workshop) is False


def test_whoever_becomes_host_gives_the_seat_up(workshop):
    held = seat(make_sub(workshop))
    appoint(workshop, held.teacher)
    held.refresh_from_db()
    assert (held.leaving, held.left_at is None, broken()) == ("host", False, [])


def test_replacing_keeps_the_earlier_term_on_record(workshop):
    first = appoint(workshop)
    second = appoint(workshop, replaces=first)
    first.refresh_from_db()
    assert (first.why_ended, first.replaced_by) == ("replaced", second)
    assert list(Host.objects.current()) == [second]
    with pytest.raises(TermEnded):
        appoint(workshop, replaces=first)


def test_terms_of_one_person_do_not_overlap(workshop):
    term = appoint(workshop, ends_on=TODAY + timedelta(days=30))
    with pytest.raises(AlreadyHost):
        appoint(workshop, term.user, starts_on=TODAY + timedelta(days=30))
    later = appoint(workshop, term.user, starts_on=TODAY + timedelta(days=31))
    assert list(Host.objects.current()) == [term]
    assert set(Host.objects.standing()) == {term, later}
    with pytest.raises(TermOutOfOrder):
        appoint(workshop, ends_on=TODAY - timedelta(days=1))


def test_a_term_ends_with_a_reason_and_once(workshop):
    term = appoint(workshop)
    with pytest.raises(ReasonMissing):
        end_term(term, why=" ", by=term.user)
    end_term(term, why="另有任务", by=term.user)
    assert hosts(term.user, workshop) is False
    with pytest.raises(TermEnded):
        end_term(term, why="另有任务", by=term.user)


def test_a_lower_cap_puts_nobody_out(workshop):
    stays, high = seat(workshop, number=1), seat(workshop, number=300)
    with pytest.raises(CapBelowMembers, match="1"):
        set_cap(workshop, 1, by=None)
    with pytest.raises(CapOutOfRange):
        set_cap(workshop, 301, by=None)
    assert set_cap(workshop, 2, by=None) == 1
    high.refresh_from_db()
    assert (high.seat, high.left_at, stays.seat, broken()) == (2, None, 1, [])
    elsewhere = join_workshop(workshop, teacher=make_teacher(workshop), by=None)
    assert elsewhere.workshop.number == 2


def test_an_invitation_opens_a_seat_from_elsewhere_until_it_ends(workshop):
    far = make_teacher(make_workshop())
    card = invite(workshop, by=host(workshop).user)
    assert accept_invitation(card, teacher=far).way == "invitation"
    assert accept_invitation(card, teacher=far).seat == 1
    withdraw_invitation(card, by=card.created_by)
    card.refresh_from_db()
    with pytest.raises(InvitationOver):
        accept_invitation(card, teacher=make_teacher(workshop))
    card.withdrawn_at, card.expires_on = None, timezone.localdate() - timedelta(days=1)
    with pytest.raises(InvitationOver):
        accept_invitation(card, teacher=make_teacher(workshop))


def test_verify_names_a_seat_above_the_cap_and_a_host_who_sits(workshop):
    held = seat(workshop, number=9)
    Workshop.objects.update(cap=8)
    host(workshop, held.teacher)
    assert broken() == ["workshops.seats_within_the_cap", "workshops.hosts_have_no_seat"]


def test_verify_names_a_wrong_sum_and_a_seat_without_its_enrolment(workshop):
    held = seat(workshop)
    workshop.refresh_from_db()
    assert (workshop.taken, broken()) == (1, [])
    Workshop.objects.update(taken=2)
    held.teacher.enrolments.update(subject="english")
    assert broken() == ["workshops.sums_of_seats", "workshops.seats_follow_enrolments"]


def test_a_host_acts_in_no_other_workshop(workshop, client):
    runs, other = host(workshop).user, make_workshop()
    make_sub(other)
    member = seat(other)
    client.force_login(runs, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("", "members/", "seats/", "balance/"):
        assert client.get(f"/workshops/{other.pk}/{page}").status_code == 404
    for act in ("open-another/", "invite/", "balance/", "seats/"):
        assert client.post(f"/workshops/{other.pk}/{act}", {"cap": 9}).status_code == 404
    assert client.post(f"/workshops/seats/{member.pk}/move/").status_code == 404
    assert (other.children.count(), other.invitations.count()) == (1, 0)
    assert client.get(f"/workshops/{workshop.pk}/hosts/").status_code == 403


@pytest.mark.parametrize("people", [1, 3])
def test_pages_ask_as_much_for_three_as_for_one(
    workshop, client, people, django_assert_max_num_queries
):
    for _ in range(people):
        seat(workshop)
        host(workshop)
    runs = Host.objects.first().user
    client.force_login(runs, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("", "members/", "seats/"):
        client.get(f"/workshops/{workshop.pk}/{page}")
        with django_assert_max_num_queries(11):  # the home also reads what was said and what comes
            assert client.get(f"/workshops/{workshop.pk}/{page}").status_code == 200
    for page in ("/workshops/mine/", "/workshops/all/"):
        with django_assert_max_num_queries(9):
            assert client.get(page).status_code == 200
