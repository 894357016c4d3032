"""Beats over HTTP: what a forged client earns, and what a refused one reads."""

import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.videos.factories import MORNING, Person
from videos.domain.addresses import study_token
from videos.models import StudyRecord

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SPEED = 1.5


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


class Tab:
    """A scripted client with a page open on one unit."""

    def __init__(self, person, unit=0):
        self.person, self.client = person, Client(enforce_csrf_checks=True)
        self.sign_in()
        self.token = study_token(person.user, person.units[unit], SPEED, needed_percent=95)

    def sign_in(self):
        self.client.force_login(self.person.user, backend=BACKEND)

    def send(self, *beats, token=None):
        told = [dict(zip(("from", "to", "ago"), beat, strict=False)) for beat in beats]
        body = json.dumps({"token": token or self.token, "beats": told})
        return self.client.post(reverse("videos:beat"), body, content_type="application/json")


def honest_seconds(clock, wall):
    """What a viewer earns who plays one unit after another at the allowed speed."""
    person, earned = Person(units=8), 0
    tabs = [Tab(person, unit) for unit in range(8)]
    for _beat in range(wall // 30):
        clock.shift(30)
        unit, start = divmod(earned, 600)
        tabs[unit].send((start, start + 45))
        earned = person.total()
    return earned


def sixteen_times(tabs, beat):
    tabs[0].send((beat * 480, beat * 480 + 480))


def seek_to_the_end(tabs, beat):
    for start in (590, 560, 300):
        tabs[beat % 8].send((start, 600))


def eight_tabs(tabs, beat):
    for tab in tabs:
        tab.send((beat * 45, beat * 45 + 45))


def replays(tabs, beat):
    for _again in range(5):
        tabs[0].send((0, 45))
        tabs[0].send((beat * 45, beat * 45 + 45, 0))


def old_time(tabs, beat):
    tabs[beat % 8].send((0, 600, 86_400), (0, 600, 3_000), (0, 600, -3_000))


def bundles(tabs, beat):
    tabs[beat % 8].send(
        *[(start, start + 60, ago) for start in range(0, 600, 60) for ago in (9, 0)]
    )


FORGERIES = [sixteen_times, seek_to_the_end, eight_tabs, replays, old_time, bundles]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_a_forged_client_earns_no_more_than_an_honest_viewer(clock, forgery):
    honest = honest_seconds(clock, wall=300)
    assert honest == 450
    person = Person(units=8)
    tabs = [Tab(person, unit) for unit in range(8)]
    for beat in range(10):
        clock.shift(30)
        forgery(tabs, beat)
    assert person.total() <= honest


def test_all_forgeries_together_earn_no_more_either(clock):
    person = Person(units=8)
    tabs = [Tab(person, unit) for unit in range(8)]
    for beat in range(10):
        clock.shift(30)
        for forgery in FORGERIES:
            forgery(tabs, beat)
    assert person.total() <= 450


def test_a_page_opened_again_and_again_brings_no_time_of_its_own(clock):
    person = Person(units=8)
    for _beat in range(10):
        tabs = [Tab(person, unit) for unit in range(8)]
        clock.shift(30)
        eight_tabs(tabs, 0)
        eight_tabs(tabs, 1)
    assert person.total() <= 450


def test_the_answer_tells_what_counts_and_renews_the_token(clock):
    person = Person(units=1)
    tab = Tab(person)
    clock.shift(40)
    answer = tab.send((0, 30)).json()
    assert answer.pop("token") != tab.token
    assert answer == {
        "watched_seconds": 30,
        "length_seconds": 600,
        "ranges": [[0, 30]],
        "earned_seconds": 30,
    }


def test_a_beat_from_a_form_counts_too(clock):
    tab = Tab(Person(units=1))
    clock.shift(40)
    fields = {"token": tab.token, "beats": '[{"from": 0, "to": 30}]', "position": "31"}
    answer = tab.client.post(reverse("videos:beat"), fields)
    assert answer.json()["watched_seconds"] == 30
    assert StudyRecord.objects.get().position_seconds == 31


def test_what_was_studied_before_a_long_break_is_delivered_after_it(clock):
    tab = Tab(Person(units=1))
    clock.shift(5 * 3600)
    answer = tab.send((0, 600, 5 * 3600 - 600)).json()
    assert answer["watched_seconds"] == 600


def test_a_renewed_token_brings_no_time_from_before_its_page_was_open(clock):
    tab = Tab(Person(units=1, length=90_000))
    clock.shift(20 * 3600)
    tab.sign_in()  # the session ended long ago
    renewed = tab.send().json()["token"]
    assert tab.send((0, 90_000), token=renewed).json()["watched_seconds"] == 0
    clock.shift(10)
    assert tab.send((0, 90_000), token=renewed).json()["watched_seconds"] == 15


@pytest.mark.parametrize("hours", [25, 48])
def test_a_token_a_day_old_is_refused_in_words(clock, hours):
    tab = Tab(Person(units=1))
    clock.shift(hours * 3600)
    tab.sign_in()
    answer = tab.send((0, 30))
    assert answer.status_code == 403
    assert answer.json()["error"]
    assert not StudyRecord.objects.exists()


def test_a_forged_token_is_refused(clock):
    tab = Tab(Person(units=1))
    assert tab.send((0, 30), token=tab.token[:-2] + "xx").status_code == 403


def test_somebody_elses_token_is_refused(clock):
    tab = Tab(Person(units=1))
    tab.client.force_login(UserFactory(), backend=BACKEND)
    clock.shift(30)
    assert tab.send((0, 30)).status_code == 403
    assert not StudyRecord.objects.exists()


def test_a_signed_out_person_is_told_to_sign_in(clock):
    tab = Tab(Person(units=1))
    tab.client.logout()
    assert tab.send((0, 30)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "7", '{"token": 3}', '{"beats": []}', "{", '{"token": "x", "beats": 3}',
        '{"token": "x", "beats": [{"from": "NaN", "to": 3}]}',
        '{"token": "x", "beats": [{"from": 1}]}', '{"token": "x", "beats": [null]}',
        '{"token": "x", "beats": [{"from": 0, "to": 1, "ago": Infinity}]}',
        json.dumps({"token": "x", "beats": [{"from": 0, "to": 1}] * 121}),
    ],
)  # fmt: skip
def test_an_unreadable_beat_is_refused(clock, body):
    tab = Tab(Person(units=1))
    answer = tab.client.post(reverse("videos:beat"), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_beat_takes_three_statements(clock, django_assert_num_queries):
    tab = Tab(Person(units=1))
    tab.send()
    clock.shift(30)
    with django_assert_num_queries(5):  # session and person, lock, credit; and the test's savepoint
        assert tab.send((0, 30)).status_code == 200
