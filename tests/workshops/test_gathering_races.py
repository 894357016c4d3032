"""Everybody at once: the gathering's row decides who gets the last place."""

import pytest
from django.utils import timezone

from core.models import AuditRecord
from tests.factories import UserFactory
from tests.threads import outcome_of_rival
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.gatherings import plan, seminar
from tests.workshops.test_seat_races import at_once
from workshops.domain.gatherings.announcing import announce_seminar
from workshops.domain.gatherings.coming import decline, sign_up
from workshops.domain.gatherings.presence import enter_presence
from workshops.domain.guidance import Entry, publish_plan, save_plan
from workshops.domain.guidance_links import link_seminar
from workshops.errors.guidance import ActivityCarriedOut
from workshops.models import ActivityGathering, Attendance, Gathering

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_want_the_last_places_and_exactly_these_are_given():
    workshop = make_workshop()
    made = seminar(workshop, capacity=3)
    people = [seat(workshop).teacher for _ in range(16)]
    outcomes = at_once([(sign_up, (made,), {"user": person}) for person in people], workers=8)
    assert sorted(one.place for one in outcomes if one.place) == [1, 2, 3]
    assert sorted(one.waiting for one in outcomes if one.waiting) == list(range(1, 14))


def test_two_who_give_back_at_once_move_two_people_up():
    workshop = make_workshop()
    made = seminar(workshop, capacity=2)
    people = [seat(workshop).teacher for _ in range(4)]
    for person in people:
        sign_up(made, user=person)
    outcome_of_rival(lambda: decline(made, user=people[0]), lambda: decline(made, user=people[1]))
    coming = made.attendees.exclude(place=None).order_by("place")
    assert [(one.user, one.place) for one in coming] == [(people[2], 1), (people[3], 2)]


def test_two_clicks_sign_in_once():
    workshop = make_workshop()
    meeting = seminar(workshop, begins_at=timezone.now()).meetings.get()
    person = seat(workshop).teacher

    def click():
        return enter_presence(meeting, person)

    rival = outcome_of_rival(click, click)
    assert [rival] == list(Attendance.objects.all())
    assert AuditRecord.objects.filter(verb="workshops.sign_in").count() == 1


def test_of_two_seminars_one_carries_out_the_activity():
    workshop = make_workshop()
    by = host(workshop).user
    entry = Entry("听课周", "offline", timezone.localdate())
    save_plan(workshop, aims="学会提问", activities=[entry], saves=0, by=by)
    key = publish_plan(workshop, by=by).activities.get().key
    first, second = seminar(workshop, by), seminar(workshop, by)

    def rival():
        try:
            return link_seminar(workshop, key, second, by=by)
        except ActivityCarriedOut as refusal:
            return str(refusal)

    told = outcome_of_rival(lambda: link_seminar(workshop, key, first, by=by), rival)
    assert first.title in told
    assert ActivityGathering.objects.get().gathering == first


def test_a_form_that_is_sent_twice_is_one_seminar():
    workshop, by, sent = make_workshop(), UserFactory(), plan()

    def click():
        return announce_seminar(workshop, sent, by=by)

    assert [outcome_of_rival(click, click)] == list(Gathering.objects.all())
