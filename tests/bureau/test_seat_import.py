"""An office seats people from an Excel list: tried first, row by row, by the one door."""

import pytest

from accounts.enums import Role
from core.errors import DomainError
from tests.bureau.importing import bring_in, codes, counts, dry_run, take_over
from tests.factories import UserFactory, appoint
from tests.workshops.factories import host, make_sub, make_teacher, make_workshop, seat
from workshops.enums.seats import Way
from workshops.models import Membership

pytestmark = pytest.mark.django_db
FIRST_LINE = 3


@pytest.fixture
def workshop():
    return make_workshop(cap=3)


@pytest.fixture
def given(workshop):
    officer = UserFactory()
    appoint(officer, Role.ADMINISTRATOR, workshop.organisation)
    return {"by": officer, "organisation": workshop.organisation, "kind": "seats"}


def row(person, **changed):
    return {"name": person.real_name, "school_code": person.school.code} | changed


def test_everybody_sits_by_the_subject_and_the_next_workshop_opens(workshop, given):
    people = [make_teacher(workshop) for _ in range(5)]
    assert counts(bring_in([row(one) for one in people], **given)) == (5, 0, 0, 0)
    seats = Membership.objects.current().filter(teacher__in=people, way=Way.IMPORT)
    assert (seats.count(), seats.filter(workshop=workshop).count()) == (5, 3)
    assert counts(dry_run([row(one) for one in people], **given)) == (0, 0, 5, 0)


def test_a_topic_names_the_topics_workshop(workshop, given):
    topic = make_workshop(
        workshop.organisation,
        programme=workshop.programme,
        kind="topic",
        topic="class_management",
    )
    person = make_teacher(workshop)
    assert counts(bring_in([row(person, topic="class_management")], **given)) == (1, 0, 0, 0)
    assert Membership.objects.get().workshop == topic


def test_every_refused_row_says_why(workshop, given):
    sits, hosts_here = make_teacher(workshop), make_teacher(workshop)
    host(workshop, hosts_here)
    above = make_workshop(workshop.organisation.parent, programme=workshop.programme)
    seat(above, sits)
    namesake = make_teacher(workshop, school=sits.school)
    namesake.real_name = hosts_here.real_name
    namesake.save()
    stranger = make_teacher(make_workshop(programme=workshop.programme))
    fine = make_teacher(workshop)
    rows = [
        row(stranger),
        row(namesake),
        row(sits),
        row(hosts_here, account=hosts_here.username),
        row(UserFactory(school=sits.school)),
        row(make_teacher(workshop, subject="english")),
        row(fine),
        row(fine),
        {"name": "", "school_code": fine.school.code},
        row(make_teacher(workshop), topic="没有这个专题"),
    ]
    found = codes(dry_run(rows, **given))
    assert [found.get(FIRST_LINE + at) for at in range(len(rows))] == [
        ["person_unknown"],
        ["person_ambiguous"],
        ["sits_elsewhere"],
        ["hosts_here"],
        ["not_enrolled"],
        ["workshop_missing"],
        None,
        ["row_twice"],
        ["person_missing"],
        ["topic_unknown"],
    ]


def test_who_cannot_sit_at_the_last_moment_is_told_why_in_the_row(workshop, given, monkeypatch):
    people = [make_teacher(workshop), make_teacher(workshop)]
    batch = dry_run([row(one) for one in people], **given)
    seat(make_sub(workshop), people[0])  # sat down meanwhile: left as it is

    class Gone(DomainError):
        message = "全坊已撤"

    def refuse(*_args, **_named):
        raise Gone

    monkeypatch.setattr("workshops.domain.seat_import.join_workshop", refuse)
    assert counts(take_over(batch)) == (0, 0, 1, 1)
    kept = batch.staged_rows.get()
    assert kept.reasons == [["not_seated", {"why": "全坊已撤"}]]
