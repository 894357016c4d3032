"""A seminar carries out an activity of the plan: what came of it is read, never noted twice."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import UserFactory
from tests.workshops.factories import host, make_sub, make_workshop, seat
from tests.workshops.gatherings import seminar, training
from workshops.domain.gatherings.changing import cancel_gathering
from workshops.domain.gatherings.coming import sign_up
from workshops.domain.gatherings.presence import mark_list
from workshops.domain.guidance import Entry, note_outcome, publish_plan, save_plan
from workshops.domain.guidance_links import link_seminar, unlink_seminar
from workshops.errors.guidance import (
    ActivityCarriedOut,
    ActivityUnknown,
    NoSeminarOfTheFamily,
    OutcomeFromSeminar,
    SeminarTaken,
)
from workshops.invariants.duty import DUTY
from workshops.models import ActivityGathering, Gathering
from workshops.policy import GROUP_PREFIX
from workshops.queries.guidance import activity_lines

pytestmark = pytest.mark.django_db
VISIT = Entry("听课周", "offline", date(2017, 5, 8), "苏慧敏")
TALK = Entry("线上答疑", "online", date(2017, 6, 20))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-06-12 09:00 +08:00")


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def by(workshop):
    return host(workshop).user


@pytest.fixture
def plan(workshop, by):
    return publish(workshop, by, VISIT, TALK)


def publish(workshop, by, *entries):
    save_plan(workshop, aims="学会提问", activities=entries, saves=0, by=by)
    return publish_plan(workshop, by=by)


def key_of(plan, entry=VISIT):
    return plan.activities.get(title=entry.title).key


def line_of(plan, by, entry=VISIT):
    lines = activity_lines(plan, now=timezone.now(), reader=by)
    return next(one for one in lines if one.activity.title == entry.title)


def held(workshop, by, *, people=(), **fields):
    """A seminar of an hour ago, at which ``people`` were present and one more was ill."""
    made = seminar(workshop, by, begins_at=timezone.now() - timedelta(hours=1), **fields)
    coming = [sign_up(made, user=one) for one in (*people, seat(workshop).teacher)]
    told = {one.pk: "present" for one in coming[:-1]} | {coming[-1].pk: "ill"}
    mark_list(made.meetings.get(), told, by=by)
    return made


def test_day_and_people_come_from_the_seminar_of_a_sub_workshop(workshop, by, plan):
    sub = make_sub(workshop)
    people = [seat(sub).teacher, seat(sub).teacher]
    note_outcome(workshop, key_of(plan), took_place_on=None, note="下雨", by=by)
    link_seminar(workshop, key_of(plan), held(sub, by, people=people), by=by)
    link_seminar(workshop, key_of(plan, TALK), seminar(workshop, by), by=by)
    line, coming = line_of(plan, by), line_of(plan, by, TALK)
    assert (line.took_place, line.took_place_on, line.carried.people, line.fell_through) == (
        True,
        date(2017, 6, 12),
        2,
        False,
    )
    assert (coming.took_place, coming.is_due, coming.carried.people) == (False, False, 0)
    unlink_seminar(workshop, key_of(plan), by=by)
    again = line_of(plan, by)
    assert (again.took_place, again.note, Gathering.objects.count()) == (False, "下雨", 2)


def test_what_was_called_off_says_why(workshop, by, plan):
    made = seminar(workshop, by)
    link_seminar(workshop, key_of(plan), made, by=by)
    cancel_gathering(made, why="台风", by=by)
    line = line_of(plan, by)
    assert (line.fell_through, line.took_place, line.is_due, line.note) == (
        True,
        False,
        False,
        "台风",
    )


def test_while_a_seminar_says_it_nobody_notes_it(workshop, by, plan):
    link_seminar(workshop, key_of(plan), seminar(workshop, by), by=by)
    with pytest.raises(OutcomeFromSeminar):
        note_outcome(workshop, key_of(plan), took_place_on=date(2017, 5, 9), note="", by=by)
    unlink_seminar(workshop, key_of(plan), by=by)
    note_outcome(workshop, key_of(plan), took_place_on=date(2017, 5, 9), note="", by=by)
    assert line_of(plan, by).took_place_on == date(2017, 5, 9)


def test_one_seminar_for_one_activity(workshop, by, plan):
    made = seminar(workshop, by)
    first = link_seminar(workshop, key_of(plan), made, by=by)
    assert link_seminar(workshop, key_of(plan), made, by=by) == first
    with pytest.raises(ActivityCarriedOut, match="坊主研修"):
        link_seminar(workshop, key_of(plan), seminar(workshop, by), by=by)
    with pytest.raises(SeminarTaken, match="听课周"):
        link_seminar(workshop, key_of(plan, TALK), made, by=by)
    with pytest.raises(ActivityUnknown):
        link_seminar(workshop, uuid4(), made, by=by)
    talk = Entry(TALK.title, TALK.mode, TALK.on, key=key_of(plan, TALK))
    newer = publish(workshop, by, talk)  # the first activity is dropped, its seminar free again
    link_seminar(workshop, talk.key, made, by=by)
    assert line_of(newer, by, TALK).carried.gathering == made
    assert ActivityGathering.objects.count() == 1


def test_strangers_trainings_and_study_groups_carry_out_nothing(workshop, by, plan):
    other = make_workshop(workshop.organisation, programme=workshop.programme, subject="english")
    group = make_workshop(
        workshop.organisation,
        programme=workshop.programme,
        kind="topic",
        topic=f"{GROUP_PREFIX}1",
        stage="",
        subject="",
    )
    strange = seminar(other, by)
    for made in (strange, seminar(group, by), training(workshop.organisation, by)):
        with pytest.raises(NoSeminarOfTheFamily):
            link_seminar(workshop, key_of(plan), made, by=by)
    assert found() == []
    link = {"workshop": workshop, "key": key_of(plan), "linked_by": by}
    ActivityGathering.objects.create(gathering=strange, **link)
    assert len(found()) == 1


def found():
    name = "workshops.activities_carried_out_by_their_family"
    rule = next(one for one in DUTY if one.name == name)
    with connection.cursor() as cursor:
        cursor.execute(rule.sql)
        return cursor.fetchall()


def test_announced_from_the_plan_linked_by_hand_and_undone(workshop, by, plan, client):
    client.force_login(by)
    at = {name: address(name, workshop, plan) for name in ("outcome", "link", "unlink")}
    page = reverse("workshops:guidance", args=[workshop.pk])
    form = f"{reverse('workshops:seminar_new', args=[workshop.pk])}?activity={key_of(plan)}"
    assert form.replace("&", "&amp;") in client.get(page).content.decode()
    shown = client.get(form).content.decode()
    assert all(one in shown for one in ("听课周", "2017-05-08", "苏慧敏", str(key_of(plan))))
    sent = {"title": "听课周", "place": "师训楼", "day": "2017-06-13", "begins": "09:00"}
    sent |= {"ends": "11:00", "token": uuid4(), "activity": key_of(plan)}
    client.post(form, sent)
    client.post(form, sent)
    made = Gathering.objects.get()
    assert made.activity.key == key_of(plan)
    door = reverse("workshops:gathering", args=[made.pk])
    assert door in client.get(page).content.decode()
    assert page in client.get(door).content.decode()
    refused = client.post(at["outcome"], {"took_place_on": "2017-05-09", "note": "到了20人"})
    assert (refused.status_code, "到了20人" in refused.content.decode()) == (422, True)
    client.post(at["unlink"])
    assert not ActivityGathering.objects.exists()
    assert "师训楼" not in client.get(at["outcome"]).content.decode()
    client.post(at["link"], {"gathering": made.pk})
    assert ActivityGathering.objects.get().gathering == made


def address(name, workshop, plan):
    return reverse(f"workshops:guidance_{name}", args=[workshop.pk, key_of(plan)])


def test_a_reader_sees_no_door_to_a_seminar_that_is_not_theirs(workshop, by, plan, client):
    made = seminar(make_sub(workshop), by)
    link_seminar(workshop, key_of(plan), made, by=by)
    client.force_login(seat(workshop).teacher)
    shown = client.get(reverse("workshops:guidance", args=[workshop.pk])).content.decode()
    assert (made.title in shown, f"gatherings/{made.pk}/" in shown) == (True, False)
    client.force_login(UserFactory())
    assert client.post(address("unlink", workshop, plan)).status_code == 404


def test_a_plan_costs_the_same_with_one_seminar_and_with_three(workshop, by, client):
    client.force_login(by)
    page = reverse("workshops:guidance", args=[workshop.pk])
    costs = []
    for number in (1, 3):
        entries = [Entry(f"活动{one}", "offline", date(2017, 5, one + 1)) for one in range(number)]
        made = publish(workshop, by, *entries)
        for one in made.activities.all():
            link_seminar(
                workshop, one.key, held(workshop, by, people=[seat(workshop).teacher]), by=by
            )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).content.decode().count("坊主研修") == number
        costs.append(len(asked))
    assert costs[0] == costs[1]
