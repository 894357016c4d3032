"""The guidance plan: versions that stay, drafts not written over, and what came of it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from notifications.models import Notification
from tests.workshops.factories import host, make_sub, make_workshop, seat
from workshops.domain.guidance import Entry, note_outcome, publish_plan, save_plan
from workshops.errors.guidance import (
    ActivityUnknown,
    OutcomeUnclear,
    PlanUnfinished,
    TooManyActivities,
)
from workshops.errors.talk import ChangedMeanwhile
from workshops.models import ActivityOutcome, GuidanceActivity, GuidancePlan

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


def publish(workshop, by, *entries):
    save_plan(workshop, aims="学会提问", activities=entries, saves=0, by=by)
    return publish_plan(workshop, by=by)


def test_a_published_version_stays_and_the_next_one_keeps_its_activities(workshop, by):
    member, in_sub = seat(workshop).teacher, seat(make_sub(workshop)).teacher
    first = publish(workshop, by, VISIT, TALK)
    told = Notification.objects.filter(kind="workshops.guidance").values_list("user", flat=True)
    assert set(told) == {member.pk, in_sub.pk}
    kept = first.activities.get(title="听课周")
    note_outcome(workshop, kept.key, took_place_on=date(2017, 5, 9), note="到了20人", by=by)
    again = Entry(VISIT.title, VISIT.mode, date(2017, 5, 10), key=kept.key)
    second = publish(workshop, by, again)
    assert (first.number, second.number, first.activities.count()) == (1, 2, 2)
    assert ActivityOutcome.objects.get().key == second.activities.get().key
    for change in (
        lambda: GuidancePlan.objects.filter(pk=first.pk).update(aims="别的"),
        lambda: GuidanceActivity.objects.filter(plan=first).update(title="别的"),
        lambda: GuidanceActivity.objects.filter(plan=first).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_half_finished_is_published(workshop, by):
    with pytest.raises(PlanUnfinished):
        publish_plan(workshop, by=by)
    save_plan(workshop, aims="", activities=[VISIT], saves=0, by=by)
    with pytest.raises(PlanUnfinished):
        publish_plan(workshop, by=by)
    with pytest.raises(TooManyActivities):
        save_plan(workshop, aims="多", activities=[VISIT] * 41, saves=1, by=by)


def test_two_hosts_do_not_write_over_each_other(workshop, by):
    save_plan(workshop, aims="一", activities=[], saves=0, by=by)
    with pytest.raises(ChangedMeanwhile):
        save_plan(workshop, aims="二", activities=[], saves=0, by=host(workshop).user)
    save_plan(workshop, aims="二", activities=[], saves=1, by=by)
    assert GuidancePlan.objects.get().aims == "二"


def test_an_outcome_is_a_day_or_a_reason_for_an_activity_that_holds(workshop, by):
    key = publish(workshop, by, VISIT).activities.get().key
    with pytest.raises(OutcomeUnclear):
        note_outcome(workshop, key, took_place_on=None, note=" ", by=by)
    note_outcome(workshop, key, took_place_on=None, note="下雨", by=by)
    publish(workshop, by, TALK)
    with pytest.raises(ActivityUnknown):
        note_outcome(workshop, key, took_place_on=date(2017, 5, 9), note="", by=by)


def test_written_published_and_read_by_the_pages(workshop, by):
    writer, member = Client(), Client()
    writer.force_login(by)
    member.force_login(seat(workshop).teacher)
    edit = reverse("workshops:guidance_edit", args=[workshop.pk])
    form = {"aims": "学会提问", "saves": 0, "line-TOTAL_FORMS": 2, "line-INITIAL_FORMS": 0}
    line = {"line-0-title": "听课周", "line-0-mode": "offline", "line-1-mode": "online"}
    refused = writer.post(edit, form | line | {"act": "publish"})
    assert (refused.status_code, "听课周" in refused.content.decode()) == (422, True)
    writer.post(edit, form | line | {"line-0-on": "2017-05-08", "act": "publish"})
    place = reverse("workshops:guidance", args=[workshop.pk])
    assert "听课周" in member.get(place).content.decode()
    key = GuidanceActivity.objects.get().key
    noted = reverse("workshops:guidance_outcome", args=[workshop.pk, key])
    writer.post(noted, {"took_place_on": "2017-05-09", "note": "到了20人"})
    assert "到了20人" in member.get(place).content.decode()
    assert member.get(place, {"version": 9}).status_code == 404
