"""A school studies on in groups of its own people (R21)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.invariants import check_invariants
from notifications.models import Notification
from programmes.queries import current_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.programmes.factories import make_enrolment, open_programme
from tests.threads import outcome_of_rival
from tests.workshops.factories import host, make_workshop
from tests.workshops.gatherings import training
from workshops.domain.groups import choose_people, lead_group, open_group
from workshops.domain.seats import join_workshop
from workshops.errors.seats import NotYourField, WorkshopFull
from workshops.models import Membership, Workshop
from workshops.queries.desk import in_reach
from workshops.queries.groups import groups_for
from workshops.queries.lists import public_workshops

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def branch(db):
    open_programme()
    return make_branch()


@pytest.fixture
def principal(branch):
    person = UserFactory(school=branch[3])
    appoint(person, Role.PRINCIPAL, branch[3])
    return person


def group_of(principal, token=None, **fields):
    values = {"name": "大单元教学", "plan": "每周一次\n期末展示", "token": token or uuid4()}
    return open_group(current_programme(), principal.school, by=principal, **(values | fields))


def colleague(school):
    person = UserFactory(school=school)
    make_enrolment(person, school=school, programme=current_programme())
    return person


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_it_is_led_by_who_opens_it_with_its_plan_and_without_hours(principal):
    token = uuid4()
    group = group_of(principal, token)
    assert group_of(principal, token) == group
    assert [one.user for one in group.hosts.all()] == [principal]
    guide = group.threads.get()
    assert (guide.kind, guide.title, guide.author) == ("guide", "大单元教学", principal)
    assert (group.is_group, group.gives_hours) == (True, False)
    assert broken() == []


def test_its_people_are_the_schools_and_it_is_what_was_chosen(branch, principal):
    group, other = group_of(principal), group_of(principal, name="课题组")
    first, second = colleague(branch[3]), colleague(branch[3])
    stranger = colleague(make_branch()[3])
    chosen = [first.pk, second.pk, stranger.pk, principal.pk]
    assert choose_people(group, chosen, by=principal) == (2, 0)
    assert choose_people(group, chosen, by=principal) == (0, 0)
    assert choose_people(other, [first.pk], by=principal) == (1, 0)
    third = colleague(branch[3])
    assert choose_people(group, [second.pk, third.pk], by=principal) == (1, 1)
    seats = Membership.objects.current().filter(workshop=group)
    assert dict(seats.values_list("teacher", "seat")) == {third.pk: 1, second.pk: 2}
    told = Notification.objects.filter(kind="workshops.grouped", user=first)
    assert (told.count(), broken()) == (2, [])


def test_nobody_sits_beyond_its_cap_or_comes_in_by_another_way(branch, principal):
    group = group_of(principal)
    Workshop.objects.filter(pk=group.pk).update(cap=1)
    people = [colleague(branch[3]) for _ in range(2)]
    with pytest.raises(WorkshopFull):
        choose_people(group, [one.pk for one in people], by=principal)
    with pytest.raises(NotYourField):
        join_workshop(group, teacher=people[0], by=people[0])


def test_it_is_in_no_public_list_on_no_desk_and_no_training_of_hosts(branch, principal):
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, branch[0])
    group = group_of(principal)
    subject = make_workshop(branch[2])
    runs = host(subject).user
    programme = current_programme()
    assert list(public_workshops(programme)) == [subject]
    assert list(in_reach(officer, programme)) == [subject]
    assert [one.user for one in training(branch[0]).attendees.all()] == [runs]
    assert list(groups_for(officer)) == [group]
    assert list(groups_for(runs)) == []


def test_the_next_head_of_the_school_takes_the_lead(branch, principal):
    group, later = group_of(principal), UserFactory()
    appoint(later, Role.PRINCIPAL, branch[3])
    assert list(groups_for(later)) == [group]
    assert lead_group(group, by=later) == lead_group(group, by=later)
    assert set(Workshop.objects.visible_to(later)) == {group}


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_at_once_seat_nobody_twice():
    open_programme()
    school = make_branch()[3]
    principal = UserFactory(school=school)
    appoint(principal, Role.PRINCIPAL, school)
    group = group_of(principal)
    first, second = colleague(school).pk, colleague(school).pk
    outcome_of_rival(
        lambda: choose_people(group, [first], by=principal),
        lambda: choose_people(group, [first, second], by=principal),
    )
    seats = Membership.objects.current().filter(workshop=group)
    assert sorted(seats.values_list("teacher", "seat")) == [(first, 1), (second, 2)]


def test_by_the_pages_with_the_same_statements_for_three(branch, principal, client):
    client.force_login(principal, backend=BACKEND)
    sent = {"name": "大单元教学", "plan": "<b>每周一次</b>"}
    client.post("/workshops/groups/new/", sent | {"token": uuid4()})
    group = Workshop.objects.get()
    home = client.get(f"/workshops/{group.pk}/").content.decode()
    assert "seats/" not in home
    assert client.get(f"/workshops/{group.pk}/seats/").status_code == 404
    assert client.get(f"/workshops/{group.pk}/seminars/new/").status_code == 200
    assert "<b>每周" not in group.threads.get().posts.get().text
    pages, costs = ("/workshops/groups/", f"/workshops/groups/{group.pk}/people/"), []
    for _ in range(2):
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            costs.append(len(queries))
        chosen = [colleague(branch[3]).pk for _more in range(3)]
        client.post(pages[1], {"people": chosen})
        group_of(principal, name="课题组")
    assert Membership.objects.current().filter(workshop=group).count() == 3
    assert costs[:2] == costs[2:]
    client.post(pages[1], {})
    assert not Membership.objects.current().exists()
