"""Placing a whole roster: what is previewed is what happens, and everybody sits once."""

import pytest
from django.db import connection, transaction
from django.db.models import Count, Max, Min

from courses.models import CourseChoice
from notifications.models import Notification
from organisations.enums import Level
from organisations.models import Organisation
from programmes.models import Enrolment
from tests.courses.factories import choose_topic_rows, make_elective
from tests.factories import UserFactory, make_branch, make_organisation
from tests.programmes.factories import make_enrolment, open_programme
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.rosters import make_roster
from workshops.domain.building import build_workshops
from workshops.domain.placing.placements import ask_placement, carry_out, try_placement
from workshops.errors.seats import RosterChanged
from workshops.models import Membership, Placement, Workshop

pytestmark = pytest.mark.django_db


def quiet(*_progress):
    """Nobody looks at the progress here."""


def tried(programme, organisation, **options):
    placement = ask_placement(programme, organisation, by=officer(), **options)
    return placement, try_placement(placement.pk, quiet)


def officer():
    return UserFactory()


def province():
    return Organisation.objects.get(level=Level.PROVINCE)


def test_twenty_thousand_over_the_real_counties():
    programme = open_programme()
    make_roster(programme, 20_000)
    placement, preview = tried(programme, province(), seed="七")
    assert (preview["people"], preview["largest"] <= 300) == (20_000, True)
    carry_out(placement.pk, quiet, by=placement.asked_by)

    seats = Membership.objects.current()
    assert (seats.count(), seats.values("teacher").distinct().count()) == (20_000, 20_000)
    sizes = seats.values("workshop").annotate(people=Count("pk"))
    assert sizes.count() == preview["workshops"]
    assert sizes.aggregate(least=Min("people"), most=Max("people")) == {
        "least": preview["smallest"],
        "most": preview["largest"],
    }
    assert uneven_families() == []
    assert schools_split() == preview["split"] == 0
    assert Notification.objects.filter(kind="workshops.placed").count() == 20_000
    again, second = tried(programme, province(), seed="七")
    assert second["people"] == 0


def test_two_thousand_placed_twice_from_one_seed_sit_on_the_same_seats():
    programme = open_programme()
    make_roster(programme, 2_000)
    first, again = seated(programme, "七"), seated(programme, "七")
    assert (len(first), first == again) == (2_000, True)


def seated(programme, seed):
    """Who sits where after a placement of whole cities, which is then undone."""
    with transaction.atomic():
        placement, _preview = tried(programme, province(), seed=seed, minimum=300)
        carry_out(placement.pk, quiet, by=placement.asked_by)
        where = ("workshop__field", "workshop__organisation", "workshop__number", "seat")
        seats = set(Membership.objects.current().values_list("teacher", *where))
        transaction.set_rollback(True)
    return seats


def uneven_families():
    """Families whose workshops differ by more than one person."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT field, organisation_id, min(people), max(people)
                 FROM (SELECT w.field, w.organisation_id, count(*) AS people
                         FROM workshops_membership m
                         JOIN workshops_workshop w ON w.id = m.workshop_id
                        GROUP BY w.id) room
                GROUP BY 1, 2 HAVING max(people) - min(people) > 1"""
        )
        return cursor.fetchall()


def schools_split():
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (
                 SELECT 1 FROM workshops_membership m JOIN accounts_user u ON u.id = m.teacher_id
                  GROUP BY m.field, u.school_id HAVING count(DISTINCT m.workshop_id) > 1) split"""
        )
        return cursor.fetchone()[0]


def small_roster(programme, sizes, county=None):
    """Schools of one county with so many Chinese teachers each."""
    county = county or make_branch()[2]
    for size in sizes:
        school = make_organisation(Level.SCHOOL, county)
        for _ in range(size):
            make_enrolment(UserFactory(school=school), school=school, programme=programme)
    return county


def test_the_same_seed_gives_the_same_workshops_and_a_changed_roster_is_shown_first():
    programme = open_programme()
    county = small_roster(programme, [3, 2, 2])
    first, _ = tried(programme, county, seed="a")
    second, _ = tried(programme, county, seed="a")
    Placement.objects.get(pk=first.pk)
    digests = set(Placement.objects.values_list("digest", flat=True))
    assert len(digests) == 1
    small_roster(programme, [1], county)
    with pytest.raises(RosterChanged):
        carry_out(first.pk, quiet, by=first.asked_by)
    first.refresh_from_db()
    assert (first.preview["people"], Membership.objects.count()) == (8, 0)
    assert carry_out(first.pk, quiet, by=first.asked_by) == {"seated": 8, "told": 8}
    assert carry_out(first.pk, quiet, by=first.asked_by)["seated"] == 8
    assert Membership.objects.count() == 8


def test_those_who_sit_stay_and_newcomers_fill_up():
    programme = open_programme()
    county = small_roster(programme, [4])
    main = make_workshop(county, programme=programme, cap=3)
    sits = seat(main, number=2)
    runs = host(main).user
    make_enrolment(runs, school=sits.teacher.school, programme=programme)
    placement, preview = tried(programme, county, minimum=1)
    Placement.objects.update(cap=3)
    try_placement(placement.pk, quiet)
    carry_out(placement.pk, quiet, by=runs)
    sizes = Membership.objects.current().values_list("workshop__number").annotate(Count("pk"))
    assert sorted(sizes) == [(1, 3), (2, 2)]
    assert Membership.objects.filter(teacher=runs).exists() is False
    sits.refresh_from_db()
    assert (sits.left_at, sits.seat) == (None, 2)
    assert preview["people"] == 4


def test_too_few_people_of_a_county_learn_with_their_city():
    programme = open_programme()
    county = small_roster(programme, [5])
    sister = make_organisation(Level.COUNTY, county.parent)
    small_roster(programme, [2], sister)
    small_roster(programme, [2], make_organisation(Level.COUNTY, county.parent))
    placement, preview = tried(programme, county.parent.parent, minimum=4)
    carry_out(placement.pk, quiet, by=placement.asked_by)
    places = Workshop.objects.values_list("organisation", flat=True)
    assert sorted(places) == sorted([county.pk, county.parent_id])
    assert preview["fields"][0]["families"] == 2


def test_a_topic_places_those_who_chose_a_course_of_it_once():
    programme = open_programme()
    county = small_roster(programme, [3])
    enrolments = Enrolment.objects.filter(programme=programme).order_by("pk")
    school = enrolments[0].school
    (topic,) = choose_topic_rows(programme, school, "class_management")
    courses = [make_elective(topic="class_management") for _ in range(2)]
    for enrolment in enrolments[:2]:
        for course in courses:
            CourseChoice.objects.create(
                enrolment=enrolment, course=course, topic_choice=topic, topic=topic.topic
            )
    placement, preview = tried(programme, county, field="topic:class_management")
    assert preview["people"] == 2
    carry_out(placement.pk, quiet, by=placement.asked_by)
    assert Membership.objects.filter(field="topic:class_management").count() == 2
    assert Workshop.objects.get().kind == "topic"


def test_the_tree_hangs_together_whoever_is_built_first():
    programme = open_programme()
    top, city, county, _school = make_branch()
    runs = officer()
    built = build_workshops(programme, top, levels=[3], by=runs)
    assert built == Workshop.objects.filter(organisation=county).count() > 20
    build_workshops(programme, top, levels=[1, 2], topics=["psychology"], by=runs)
    assert build_workshops(programme, top, levels=[1, 2, 3], by=runs) == 0
    chinese = Workshop.objects.filter(field="subject:primary:chinese").order_by(
        "organisation__level"
    )
    assert [one.parent for one in chinese] == [None, chinese[0], chinese[1]]
    assert Workshop.objects.filter(kind="topic").count() == 2
