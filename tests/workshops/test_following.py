"""Seats follow the enrolment, and nothing else does."""

import pytest

from notifications.models import Notification
from programmes.domain.enrolments import correct_enrolment, withdraw_enrolment
from tests.factories import UserFactory, make_branch
from tests.workshops.factories import make_teacher, make_workshop, seat
from workshops.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


def enrolment_of(held):
    return held.teacher.enrolments.get()


def test_whoever_withdraws_gives_every_seat_up_and_is_told(workshop):
    topic = make_workshop(kind="topic", topic="class_management")
    held = seat(workshop)
    seat(topic, held.teacher)
    seat(workshop)
    withdraw_enrolment(enrolment_of(held), reason="调离本省", by=UserFactory())
    left = Membership.objects.filter(leaving="withdrawn")
    assert (left.count(), Membership.objects.current().count()) == (2, 1)
    told = Notification.objects.filter(user=held.teacher, kind="workshops.seat_freed")
    assert told.count() == 1


def test_another_subject_frees_the_subjects_seat_only(workshop):
    topic = make_workshop(kind="topic", topic="class_management")
    held = seat(workshop)
    stays = seat(topic, held.teacher)
    correct_enrolment(enrolment_of(held), subject="english", reason="报错学科", by=UserFactory())
    assert list(Membership.objects.current()) == [stays]


def test_another_school_keeps_the_seat(workshop):
    held = seat(workshop, make_teacher(workshop))
    elsewhere = make_branch()[3]
    correct_enrolment(enrolment_of(held), school=elsewhere, reason="调动", by=UserFactory())
    assert Membership.objects.current().get() == held
