"""Whatever a client sends, the real SQL keeps the clock's promises."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.videos.factories import Person, at, claim, page
from tests.videos.honest import Browser

LENGTH = 600
moderate = settings(max_examples=40, deadline=None)

seconds = st.integers(0, LENGTH + 60)
agos = st.one_of(st.just(0), st.integers(-30, 900))
greedy = st.builds(claim, st.integers(0, 60), st.integers(LENGTH, LENGTH + 60), agos)
claims = st.one_of(st.builds(claim, seconds, seconds, agos), greedy)
cheats = st.lists(
    st.tuples(
        st.integers(-5, 90),  # time that passes: jumps back, two beats at once, idle
        st.integers(0, 2),  # unit: a tab each
        st.integers(-300, 400),  # when its page was opened: before, later than now
        st.sampled_from([100, 125, 150, 200]),
        st.lists(claims, max_size=3),
    ),
    min_size=1,
    max_size=14,
)


def play_cheats(beats):
    """Sends the beats; yields (now, the person, wall time so far at top speed)."""
    person, now, latest, first, top = Person(length=LENGTH), 0, 0, None, 100
    for passed, unit, opened, speed, told in beats:
        now += passed
        latest = max(latest, now)
        first = min(opened, latest if first is None else first)
        top = max(top, speed)
        on = page(opened, speed)
        earned = person.beat(now, *told, unit=unit, on=on).earned_seconds
        assert earned <= max(Fraction(0), Fraction((latest - opened) * speed, 100))
        yield person, latest, Fraction((latest - first) * top, 100)


class ClockProperties(TestCase):
    @moderate
    @given(cheats)
    def test_no_more_than_the_wall_clock_over_all_units_and_nothing_is_lost(self, beats):
        before = 0
        for person, latest, most in play_cheats(beats):
            total = person.total()
            assert before <= total <= max(0, most)
            assert all(second <= LENGTH for second in person.last_seconds())
            assert person.spent_until() <= at(max(latest, beats[0][2]))
            before = total

    @moderate
    @given(cheats)
    def test_in_every_window_no_more_than_the_time_that_was_unspent(self, beats):
        marks = []
        for person, latest, _most in play_cheats(beats):
            spent = (person.spent_until() - at(0)).total_seconds()
            for total_then, spent_then in marks:
                allowed = (max(spent, spent_then) - spent_then) * 2  # the fastest page
                assert person.total() - total_then <= allowed + 0.001
            marks.append((person.total(), spent))
            assert spent <= max(latest, beats[0][2])

    @moderate
    @given(cheats, st.data())
    def test_a_replay_earns_nothing(self, beats, data):
        for person, latest, _most in play_cheats(beats):
            last = person, latest
        person, latest = last
        total, spent = person.total(), person.spent_until()
        _passed, unit, opened, speed, told = beats[-1]
        on = page(opened, speed)
        now = sum(beat[0] for beat in beats)
        person.beat(now, *told, unit=unit, on=on)
        first_again = person.total()
        assert first_again == total
        assert person.spent_until() == spent

    @moderate
    @given(st.permutations(range(6)), st.sampled_from([100, 150]))
    def test_no_order_of_delivery_earns_more_than_the_right_one(self, order, speed):
        """Six beats of one offline half-hour, each delivered alone, in any order."""
        person, on = Person(units=1, length=3600), page(speed=speed)
        step = 30 * speed // 100
        for number in order:
            ended = 30 * (number + 1)
            told = claim(step * number, step * (number + 1), ago=200 - ended)
            person.beat(200, told, on=on)
        assert person.total() <= 6 * step
        if list(order) == sorted(order):
            assert person.total() == 6 * step


schedules = st.lists(
    st.one_of(
        st.tuples(st.just("play"), st.floats(0.5, 200), st.sampled_from([0.75, 1, 1.25, 1.5])),
        st.tuples(st.just("pause"), st.floats(0.1, 900)),
        st.tuples(st.just("online"), st.booleans()),
        st.tuples(st.just("latency"), st.floats(0, 20)),
    ),
    min_size=1,
    max_size=14,
)


def follow(person, schedule):
    browser = Browser(lambda arrives, told: person.beat(arrives, *told))
    for verb, *values in schedule:
        if verb in ("online", "latency"):
            setattr(browser, verb, values[0])
        else:
            getattr(browser, verb)(*values)
    browser.close()
    return browser


class HonestLearner(TestCase):
    @moderate
    @given(schedules)
    def test_loses_nothing_to_cuts_pauses_and_slow_networks(self, schedule):
        person = Person(units=1, length=5000)
        browser = follow(person, schedule)
        assert person.total() == len(browser.played)

    @moderate
    @given(st.lists(st.tuples(st.floats(2, 120), st.integers(0, 4000)), min_size=1, max_size=10))
    def test_loses_at_most_one_beat_when_jumping_about_at_full_speed(self, jumps):
        schedule = [part for length, to in jumps for part in (("seek", to), ("play", length, 1.5))]
        person = Person(units=1, length=5000)
        browser = follow(person, schedule)
        assert len(browser.played) - 30 <= person.total() <= len(browser.played)
