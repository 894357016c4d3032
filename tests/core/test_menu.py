"""The line of doors: one word for each subject, and nothing lost behind it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.enums import Role
from core.navigation import all_items, doors
from organisations.enums import Level
from tests.factories import UserFactory, appoint, make_organisation

pytestmark = pytest.mark.django_db
PLACES = ("main", "tools", "me", "foot")
LINE = 9
"""More words than these do not fit one line of an office's screen."""


@pytest.fixture
def seen_by(rf):
    def line_of(user, path="/"):
        request = rf.get(path)
        request.user = user
        return doors(request, "main")

    return line_of


@pytest.fixture
def current(rf):
    """The doors marked as the page one is on, by the place where they stand."""

    def doors_of(user, path):
        request = rf.get(path)
        request.user = user
        found = {place: leaves(doors(request, place)) for place in PLACES}
        marked = {
            place: [leaf.url for leaf in held if leaf.current] for place, held in found.items()
        }
        return {place: urls for place, urls in marked.items() if urls}

    return doors_of


@pytest.fixture
def province():
    return make_organisation(Level.PROVINCE)


@pytest.fixture
def teacher(province):
    county = make_organisation(Level.COUNTY, make_organisation(Level.CITY, province))
    return UserFactory(school=make_organisation(Level.SCHOOL, county))


@pytest.fixture
def officer(province):
    person = UserFactory()
    appoint(person, Role.PROJECT_OFFICER, province)
    return person


def leaves(line):
    return [leaf for door in line for leaf in (door.doors or (door,))]


def test_a_group_leaves_none_of_its_doors_out(seen_by, teacher, officer):
    for user in (teacher, officer, AnonymousUser()):
        shown = [item.url for item in all_items() if item.place == "main" and item.shown(user)]
        assert sorted(leaf.url for leaf in leaves(seen_by(user))) == sorted(shown)


def test_the_line_stays_short_for_whoever_has_the_most_doors(seen_by, officer):
    assert len(seen_by(officer)) <= LINE


def test_a_teacher_finds_all_that_is_about_lessons_behind_one_word(seen_by, teacher):
    lessons = next(door for door in seen_by(teacher) if door.doors)
    assert [leaf.url for leaf in lessons.doors] == [
        "/lessons/national/",
        "/lessons/cases/",
        "/lessons/mine/",
    ]


def test_a_single_door_of_a_group_stands_in_the_line_itself(seen_by, teacher):
    assert "/courses/" in [door.url for door in seen_by(teacher)]


def test_the_word_of_the_group_is_current_with_its_door(seen_by, teacher):
    line = seen_by(teacher, "/lessons/cases/7/")
    assert [door.current for door in line if door.doors] == [True]
    assert [leaf.url for leaf in leaves(line) if leaf.current] == ["/lessons/cases/"]


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("/lessons/catalogue/", {"main": ["/lessons/catalogue/"]}),
        ("/lessons/draw/", {"foot": ["/lessons/draw/"]}),
        ("/lessons/draw/of/2017/", {"foot": ["/lessons/draw/"]}),
        ("/credits/check/", {"main": ["/credits/check/"], "foot": ["/credits/check/"]}),
        ("/news/2026/", {"main": ["/news/"], "foot": ["/news/"]}),
        ("/workshops/", {"main": ["/workshops/all/"]}),
        ("/accounts/login/", {}),
        ("/", {"main": ["/"]}),
    ],
)
def test_a_visitor_sees_the_door_of_the_page_as_current_and_no_other(current, path, places):
    assert current(AnonymousUser(), path) == places


def test_a_page_behind_a_door_of_the_foot_is_none_of_the_teachers_own(current, teacher, officer):
    assert current(teacher, "/lessons/draw/") == {"foot": ["/lessons/draw/"]}
    assert current(teacher, "/credits/check/") == {"foot": ["/credits/check/"]}
    assert current(officer, "/lessons/draw/desk/") == {"main": ["/lessons/draw/desk/"]}
    assert current(teacher, "/lessons/7/") == {"main": ["/lessons/mine/"]}
    assert current(teacher, "/credits/") == {"me": ["/credits/"]}


def test_the_menu_opens_without_a_script(teacher):
    client = Client()
    client.force_login(teacher)
    page = client.get("/lessons/cases/").text
    assert page.count('<details class="menu doors">') == 1
    assert page.count('<details class="subdoors" open>') == 1
