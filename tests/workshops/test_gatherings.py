"""Trainings of hosts and seminars: who is invited, who has a place, who was there (R37)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import TooManyAttempts
from core.invariants import check_invariants
from core.models import AuditRecord
from notifications.models import Notification
from tests.factories import UserFactory, make_branch
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.gatherings import plan, seminar, training
from workshops.domain.gatherings.announcing import announce_seminar, invite_hosts
from workshops.domain.gatherings.changing import (
    add_meeting,
    cancel_gathering,
    move_meeting,
    set_capacity,
    write_minutes,
)
from workshops.domain.gatherings.codes import code_holds, code_of, seconds_left
from workshops.domain.gatherings.coming import decline, sign_up
from workshops.domain.gatherings.presence import mark_list, sign_in
from workshops.errors.gatherings import (
    CapacityBelowPlaces,
    CodeWrong,
    GatheringOver,
    MeetingOutOfOrder,
    NotHeldYet,
    NotInvited,
    NotSignInTime,
    StillWaiting,
)
from workshops.errors.moderation import ReasonMissing
from workshops.errors.seats import WorkshopClosed
from workshops.models import Attendance, Attendee, Gathering
from workshops.queries.gatherings import coming_for, in_their_order, position_of, training_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-05-10 09:00 +08:00", tick=False)


@pytest.fixture
def workshop():
    return make_workshop()


def told(kind):
    return set(Notification.objects.filter(kind=f"workshops.{kind}").values_list("user", flat=True))


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_a_training_invites_the_hosts_below_who_fit_and_nobody_else(workshop):
    province, city, county, _school = make_branch()
    fits = host(make_workshop(county, programme=workshop.programme)).user
    host(make_workshop(county, programme=workshop.programme, subject="english"))
    host(make_workshop(city, programme=workshop.programme))
    host(workshop)
    host(make_workshop(county, programme=workshop.programme, stage="junior"), ends_on="2017-01-02")
    made = training(province, level=3, stage="primary", subject="chinese")
    assert [one.user for one in made.attendees.all()] == [fits]
    assert told("training") == {fits.pk}
    late = host(fits.hostings.get().workshop).user
    assert [invite_hosts(made, by=None), invite_hosts(made, by=None)] == [1, 0]
    assert told("training") == {fits.pk, late.pk}


def test_only_who_is_invited_comes_to_a_training(workshop):
    runs = host(workshop).user
    made = training(workshop.organisation)
    assert sign_up(made, user=runs).place == 1
    with pytest.raises(NotInvited):
        sign_up(made, user=UserFactory())
    with pytest.raises(NotInvited):
        decline(made, user=UserFactory())
    assert decline(made, user=runs, why="出差").why == "出差"


def test_places_are_numbered_and_who_waits_moves_up_in_order(workshop):
    made = seminar(workshop, capacity=2)
    first, second, third, fourth = (sign_up(made, user=seat(workshop).teacher) for _ in range(4))
    assert [one.place for one in (first, second)] == [1, 2]
    assert [one.waiting for one in (third, fourth)] == [1, 2]
    assert sign_up(made, user=third.user) == third
    decline(made, user=first.user)
    third.refresh_from_db()
    assert (third.answer, third.place, third.waiting) == ("coming", 1, None)
    assert told("moved_up") == {third.user_id}
    fourth.refresh_from_db()
    assert (fourth.waiting, position_of(fourth)) == (2, 1)
    decline(made, user=fourth.user)
    assert sign_up(made, user=first.user).waiting == 1
    assert [one.position for one in in_their_order(made.attendees.all())] == [None, None, 1, None]
    assert broken() == []


def test_more_places_move_people_up_and_fewer_take_nobodys(workshop):
    made = seminar(workshop, capacity=1)
    for _ in range(3):
        sign_up(made, user=seat(workshop).teacher)
    assert set_capacity(made, 2, by=None) == 1
    with pytest.raises(CapacityBelowPlaces, match="2"):
        set_capacity(made, 1, by=None)
    assert set_capacity(made, None, by=None) == 1
    assert set(made.attendees.values_list("answer", flat=True)) == {"coming"}


def test_the_database_knows_no_place_above_the_capacity(workshop):
    made = seminar(workshop, capacity=1)
    with pytest.raises(IntegrityError, match="capacity"), transaction.atomic():
        Attendee.objects.create(gathering=made, user=UserFactory(), answer="coming", place=2)


def test_one_signs_in_by_the_code_of_now_once(workshop, time_machine):
    made = seminar(workshop)
    meeting, person = made.meetings.get(), seat(workshop).teacher
    with pytest.raises(NotSignInTime):
        sign_in(meeting, code_of(meeting), user=person)
    time_machine.move_to(meeting.begins_at, tick=False)
    with pytest.raises(CodeWrong):
        sign_in(meeting, "1", user=person)
    once = sign_in(meeting, code_of(meeting), user=person)
    assert sign_in(meeting, code_of(meeting), user=person) == once
    assert (once.presence, once.way, once.attendee.place) == ("present", "code", 1)
    assert AuditRecord.objects.filter(verb="workshops.sign_in").count() == 1
    time_machine.move_to(meeting.ends_at + timedelta(minutes=16), tick=False)
    with pytest.raises(NotSignInTime):
        sign_in(meeting, code_of(meeting), user=person)


def test_a_code_holds_for_its_half_minute_and_the_next(workshop):
    meeting = seminar(workshop).meetings.get()
    other = seminar(workshop).meetings.get()
    now = timezone.now()
    later = [now + timedelta(seconds=30 * steps) for steps in range(3)]
    shown = code_of(meeting, now)
    assert [code_holds(meeting, shown, at) for at in later] == [True, True, False]
    assert code_holds(meeting, f" {shown[:3]} {shown[3:]}", now)
    assert not code_holds(other, shown, now)
    assert not code_holds(meeting, "", now)
    assert (len(shown), seconds_left(now), seconds_left(now + timedelta(seconds=29))) == (6, 30, 1)


@pytest.mark.django_db(transaction=True)
def test_codes_are_not_found_by_trying(workshop, time_machine):
    meeting, person = seminar(workshop).meetings.get(), seat(workshop).teacher
    time_machine.move_to(meeting.begins_at, tick=False)
    for _ in range(8):
        with pytest.raises(CodeWrong):
            sign_in(meeting, "x", user=person)
    with pytest.raises(TooManyAttempts):
        sign_in(meeting, code_of(meeting), user=person)
    assert sign_in(meeting, code_of(meeting), user=seat(workshop).teacher).presence == "present"


def test_who_waits_does_not_sign_in(workshop, time_machine):
    made = seminar(workshop, capacity=1)
    sign_up(made, user=seat(workshop).teacher)
    meeting = made.meetings.get()
    time_machine.move_to(meeting.begins_at, tick=False)
    with pytest.raises(StillWaiting):
        sign_in(meeting, code_of(meeting), user=seat(workshop).teacher)


def test_the_list_writes_who_was_there_and_why_not(workshop, time_machine):
    runs = host(workshop).user
    made = seminar(workshop)
    people = [sign_up(made, user=seat(workshop).teacher) for _ in range(3)]
    meeting = made.meetings.get()
    with pytest.raises(NotSignInTime):
        mark_list(meeting, {people[0].pk: "present"}, by=runs)
    time_machine.move_to(meeting.begins_at, tick=False)
    by_code = sign_in(meeting, code_of(meeting), user=people[0].user)
    told = dict(zip([one.pk for one in people], ["present", "present", "ill"], strict=True))
    assert mark_list(meeting, told, by=runs) == 2
    assert mark_list(meeting, told, by=runs) == 0
    by_code.refresh_from_db()
    found = Attendance.objects.order_by("attendee").values_list("presence", "way")
    assert list(found) == [("present", "code"), ("present", "list"), ("ill", "list")]
    late = sign_in(meeting, code_of(meeting), user=people[2].user)
    assert (late.presence, late.way) == ("present", "code")
    assert broken() == []


def test_the_list_of_one_meeting_takes_nobody_of_another(workshop, time_machine):
    other = sign_up(seminar(workshop), user=seat(workshop).teacher)
    meeting = seminar(workshop).meetings.get()
    time_machine.move_to(meeting.begins_at, tick=False)
    assert mark_list(meeting, {other.pk: "present"}, by=other.user) == 0


def test_the_record_counts_trainings_and_gives_hours_for_the_whole_only(workshop, time_machine):
    runs = host(workshop).user
    made = training(workshop.organisation, class_hours=Decimal("6"))
    begins_at = made.meetings.get().begins_at
    second = add_meeting(
        made,
        begins_at=begins_at + timedelta(days=1),
        ends_at=begins_at + timedelta(days=1, hours=3),
        by=runs,
    )
    training(workshop.organisation)
    sign_up(made, user=runs)
    time_machine.move_to(begins_at, tick=False)
    first = made.meetings.first()
    sign_in(first, code_of(first), user=runs)
    half = training_record(runs, made.programme_id)
    assert (half.invited, half.attended, half.meetings, half.class_hours) == (2, 1, 1, 0)
    time_machine.move_to(second.begins_at, tick=False)
    sign_in(second, code_of(second), user=runs)
    assert training_record(runs).class_hours == 6


def test_moving_and_calling_off_is_told_to_who_is_concerned(workshop):
    made = seminar(workshop)
    meeting = made.meetings.get()
    comes, gone = (sign_up(made, user=seat(workshop).teacher) for _ in range(2))
    decline(made, user=gone.user)
    later = meeting.begins_at + timedelta(days=2)
    times = {"begins_at": later, "ends_at": later + timedelta(hours=1), "place": "二楼"}
    move_meeting(meeting, **times, by=comes.user)
    assert told("gathering_moved") == {comes.user_id}
    assert [one.begins_at for one in coming_for(comes.user, 5)] == [later]
    with pytest.raises(ReasonMissing):
        cancel_gathering(made, why=" ", by=comes.user)
    cancel_gathering(made, why="台风", by=comes.user)
    assert told("gathering_cancelled") == {comes.user_id}
    with pytest.raises(GatheringOver):
        sign_up(made, user=gone.user)
    with pytest.raises(GatheringOver):
        cancel_gathering(made, why="台风", by=comes.user)


def test_minutes_are_written_after_it_began(workshop, time_machine):
    made = seminar(workshop)
    with pytest.raises(NotHeldYet):
        write_minutes(made, "听课两节", by=made.announced_by)
    time_machine.move_to(made.meetings.get().begins_at, tick=False)
    write_minutes(made, " 听课两节 ", by=made.announced_by)
    assert Gathering.objects.get().minutes == "听课两节"


def test_what_ends_before_it_begins_or_in_a_closed_workshop_is_refused(workshop):
    with pytest.raises(MeetingOutOfOrder):
        seminar(workshop, ends_at=timezone.now())
    workshop.state, workshop.closed_at = "closed", timezone.now()
    with pytest.raises(WorkshopClosed):
        announce_seminar(workshop, plan(), by=UserFactory())


def test_a_seminar_is_seen_in_its_workshop_and_a_training_by_who_is_invited(workshop):
    runs, member = host(workshop).user, seat(workshop).teacher
    made, lesson = training(workshop.organisation), seminar(workshop)

    def seen(user):
        return set(Gathering.objects.visible_to(user))

    assert (seen(runs), seen(member), seen(UserFactory())) == ({made, lesson}, {lesson}, set())
    assert set(Attendee.objects.visible_to(member)) == set()
