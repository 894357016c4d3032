"""Seats: the lowest free one, one per person and subject, full means elsewhere or a sentence."""

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Notification
from programmes.enums import EnrolmentState
from tests.factories import UserFactory, make_organisation
from tests.programmes.factories import make_enrolment
from tests.workshops.factories import host, make_sub, make_teacher, make_workshop, seat
from workshops.domain.seats import join_workshop, leave_workshop, move_member
from workshops.errors.seats import (
    HostsHere,
    NobodyToMove,
    NotEnrolledHere,
    NotYourField,
    SeatedElsewhere,
    WorkshopClosed,
    WorkshopFull,
)
from workshops.models import Membership, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop(cap=3)


def join(workshop, teacher=None, **fields):
    teacher = teacher or make_teacher(workshop)
    return join_workshop(workshop, teacher=teacher, by=teacher, **fields)


def test_the_lowest_free_seat_is_given_and_a_second_click_keeps_it(workshop):
    seat(workshop, number=1)
    third = seat(workshop, number=3)
    teacher = make_teacher(workshop)
    assert join(workshop, teacher).seat == 2
    assert join(workshop, teacher).seat == 2
    assert leave_workshop(third, by=teacher) is True
    assert leave_workshop(third, by=teacher) is False
    assert join(workshop).seat == 3


def test_leaving_keeps_the_row_as_history(workshop):
    teacher = make_teacher(workshop)
    held = join(workshop, teacher)
    leave_workshop(held, by=teacher)
    again = join(workshop, teacher)
    rows = Membership.objects.filter(teacher=teacher).order_by("pk")
    assert [(row.pk, row.left_at is None) for row in rows] == [(held.pk, False), (again.pk, True)]


def test_there_is_no_seat_above_the_cap_and_none_is_held_twice(workshop):
    seat(workshop, number=1)
    for number in (1, 4, 301):
        with pytest.raises(IntegrityError), transaction.atomic():
            seat(workshop, number=number)


def test_a_seat_belongs_to_its_workshops_own_field(workshop):
    with pytest.raises(IntegrityError), transaction.atomic():
        seat(workshop, UserFactory(), field="subject:junior:english")


def test_when_all_are_full_the_next_is_opened_and_the_hosts_are_told(workshop):
    runs = host(workshop)
    for _ in range(3):
        join(workshop)
    fourth = join(workshop)
    assert (fourth.workshop.number, fourth.workshop.parent, fourth.seat) == (2, workshop, 1)
    told = Notification.objects.get()
    assert (told.user, told.kind) == (runs.user, "workshops.room_opened")


def test_later_joins_go_to_the_emptiest_and_those_who_sit_stay(workshop):
    first = [join(workshop) for _ in range(3)]
    sub = make_sub(workshop, cap=3)
    seat(sub)
    leave_workshop(first[0], by=first[0].teacher)
    assert join(workshop).workshop == sub
    assert join(workshop).workshop == workshop
    assert Membership.objects.current().filter(workshop=workshop).count() == 3


def test_who_asks_for_one_workshop_only_is_told_when_it_is_full(workshop):
    for _ in range(3):
        join(workshop)
    with pytest.raises(WorkshopFull, match="3"):
        join(workshop, exactly=True)
    assert Workshop.objects.count() == 1


def test_nobody_sits_twice_for_one_subject(workshop):
    teacher = make_teacher(workshop)
    elsewhere = make_workshop()
    join(workshop, teacher)
    with pytest.raises(SeatedElsewhere):
        join(elsewhere, teacher)
    topic = make_workshop(kind="topic", topic="class_management")
    assert join(topic, teacher).seat == 1


def test_only_the_approved_of_this_subject_get_a_seat(workshop):
    waiting = make_teacher(workshop, state=EnrolmentState.CONFIRMED)
    with pytest.raises(NotEnrolledHere):
        join(workshop, waiting)
    with pytest.raises(NotEnrolledHere):
        join(workshop, UserFactory())
    with pytest.raises(NotYourField):
        join(workshop, make_teacher(workshop, subject="english"))
    kindergarten = make_workshop(kind="topic", topic="technology_for_children")
    with pytest.raises(NotYourField):
        join(kindergarten, make_teacher(workshop))


def test_a_host_has_no_seat_among_the_members(workshop):
    teacher = make_teacher(workshop)
    host(workshop, teacher)
    with pytest.raises(HostsHere):
        join(make_sub(workshop), teacher)


def test_a_closed_workshop_takes_nobody(workshop):
    Workshop.objects.update(state="closed", closed_at=workshop.opened_at)
    workshop.refresh_from_db()
    with pytest.raises(WorkshopClosed):
        join(workshop)


def test_a_move_frees_the_old_seat_and_a_full_target_keeps_it(workshop):
    sub = make_sub(workshop, cap=1)
    held = join(workshop)
    moved = move_member(held, sub, by=held.teacher)
    assert (moved.workshop, moved.seat) == (sub, 1)
    assert move_member(held, sub, by=held.teacher) == moved
    other = join(workshop)
    with pytest.raises(WorkshopFull):
        move_member(other, sub, by=other.teacher)
    assert Membership.objects.current().filter(teacher=other.teacher).get() == other
    leave_workshop(moved, by=moved.teacher)
    with pytest.raises(NobodyToMove):
        move_member(held, workshop, by=held.teacher)


def test_a_move_never_crosses_subjects(workshop):
    other = make_workshop(subject="english")
    with pytest.raises(NotYourField):
        move_member(join(workshop), other, by=None)


def test_city_run_schools_join_the_county_that_acts_for_them(workshop, client):
    city = workshop.organisation.parent
    school = make_organisation(4, city, acting_county=workshop.organisation)
    teacher = UserFactory(school=school)
    make_enrolment(teacher, school=school, programme=workshop.programme)
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/workshops/{workshop.pk}/join/").status_code == 302
    assert Membership.objects.current().get().teacher == teacher
