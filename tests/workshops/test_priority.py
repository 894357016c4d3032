"""The priority list for the national training: a known order, frozen when issued (R37)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from accounts.enums import Role
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.models import ExportFile
from tests.factories import UserFactory, appoint, make_branch
from tests.workshops.factories import host, make_workshop
from tests.workshops.gatherings import training
from workshops.domain.gatherings.coming import sign_up
from workshops.domain.gatherings.priority import candidates_of, issue_list
from workshops.domain.gatherings.ranking import Candidate, ranked
from workshops.errors.gatherings import NobodyToRank
from workshops.models import Attendance, PriorityLine, PriorityList
from workshops.queries.priority import own_rank

EARLY, LATE = date(2015, 3, 1), date(2017, 3, 1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def candidate(user, level=1, trainings=0, since=LATE, name="王"):
    return Candidate(user, name, "", "", level, trainings, since)


def test_level_then_trainings_then_service_then_name_then_account():
    order = [
        candidate(9, level=1, trainings=2),
        candidate(8, level=1, trainings=1, since=EARLY),
        candidate(7, level=1, trainings=1, since=LATE, name="李"),  # 李 before 王 by code point
        candidate(5, level=1, trainings=1, since=LATE, name="王"),
        candidate(6, level=1, trainings=1, since=LATE, name="王"),
        candidate(1, level=2, trainings=9, since=EARLY),
        candidate(2, level=3, trainings=9, since=EARLY),
    ]
    assert ranked(reversed(order)) == order


people = some.lists(
    some.builds(
        candidate,
        user=some.integers(1, 50),
        level=some.integers(1, 3),
        trainings=some.integers(0, 3),
        since=some.sampled_from([EARLY, LATE]),
        name=some.sampled_from("王李张"),
    ),
    unique_by=lambda one: one.user,
)


@given(people, some.randoms())
def test_the_order_depends_on_the_facts_alone(candidates, chance):
    mixed = candidates.copy()
    chance.shuffle(mixed)
    order = ranked(mixed)
    assert order == ranked(candidates)
    assert [one.level for one in order] == sorted(one.level for one in candidates)


@pytest.fixture
def province(db):
    return make_branch()[0]


@pytest.mark.django_db
def test_the_facts_are_those_of_today(province):
    workshop = make_workshop(province)
    below = make_workshop(make_branch()[2], programme=workshop.programme)
    both = host(workshop, starts_on=LATE).user  # and longer in another
    host(make_workshop(province, programme=workshop.programme, subject="english"), both)
    host(workshop, starts_on=EARLY, ends_on=date(2016, 1, 1))
    host(below)
    made = training(province)
    meeting, comes = made.meetings.get(), sign_up(made, user=both)
    entry = {"marked_by": both, "presence": "present", "way": "list"}
    Attendance.objects.create(meeting=meeting, attendee=comes, **entry)
    (only,) = candidates_of(workshop.programme, province)
    assert (only.user, only.level, only.trainings, only.host_since) == (
        both.pk,
        1,
        1,
        date(2017, 1, 1),
    )


@pytest.mark.django_db
def test_a_version_is_frozen_and_the_next_is_another(province):
    workshop, officer = make_workshop(province), UserFactory()
    with pytest.raises(NobodyToRank):
        issue_list(workshop.programme, province, by=officer)
    first = host(workshop, starts_on=LATE).user
    one = issue_list(workshop.programme, province, quota=1, by=officer)
    earlier = host(workshop, starts_on=EARLY).user
    two = issue_list(workshop.programme, province, by=officer)
    assert (one.version, two.version) == (1, 2)
    assert [line.user for line in one.lines.all()] == [first]
    assert [line.user for line in two.lines.all()] == [earlier, first]
    assert own_rank(first).rank == 2
    for change in (PriorityLine.objects.update, PriorityList.objects.update):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            change(id=0)


@pytest.mark.django_db
def test_the_province_issues_on_its_page_and_takes_it_out(province, client):
    workshop, officer = make_workshop(province), UserFactory()
    appoint(officer, Role.PROJECT_OFFICER, province)
    people = [host(workshop).user for _ in range(2)]
    client.force_login(officer, backend=BACKEND)
    page = client.get("/workshops/trainings/priority/").content.decode()
    assert all(one.real_name in page for one in people)
    client.post("/workshops/trainings/priority/", {"quota": "1"})
    issued = PriorityList.objects.get()
    assert client.get(f"/workshops/trainings/priority/{issued.pk}/").status_code == 200
    export = ExportFile(programme=workshop.programme, organisation=province)
    kind = EXPORT_KINDS["priority"]
    rows = list(kind.rows(export, lambda *done: None))
    assert [row[0] for row in rows] == [1, 2]
    assert len(kind.headers(export)) == len(rows[0]) == len(kind.widths)
    assert kind.allows(officer, province)
    assert not kind.allows(officer, workshop.organisation.__class__(level=2, path="0/"))


@pytest.mark.django_db
def test_a_term_that_begins_today_counts_from_midnight_in_beijing():
    workshop = make_workshop()
    host(workshop, starts_on=timezone.localdate())
    host(workshop, starts_on=timezone.localdate() + timedelta(days=1))
    assert len(candidates_of(workshop.programme, workshop.organisation)) == 1
