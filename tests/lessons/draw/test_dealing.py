"""The draw itself: what it guarantees for every group, and where it says that it cannot."""

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.domain.dealing.files import digest, json_file
from lessons.domain.dealing.group import deal_group
from lessons.domain.dealing.report import group_report
from lessons.domain.dealing.shapes import Lesson, Teacher
from tests.lessons.draw.tables import GROUP, allowed, even_deal_exists, groups, root, rules


def deal(rules, teachers, lessons, seed="03 08 15"):
    return deal_group(root(seed), GROUP, rules, teachers, lessons)


def people(count, schools=10_000):
    return [Teacher(f"t{number:04}", f"s{number % schools}") for number in range(count)]


def pool(count, rung="city", letter="L", cities=16):
    return [
        Lesson(f"{letter}{number:03}", f"s{number}", rung, (str(number % cities),))
        for number in range(count)
    ]


@given(groups())
@settings(max_examples=150, deadline=None)
def test_everybody_gets_different_lessons_that_are_allowed_as_many_as_there_are(case):
    rules, teachers, lessons = case
    dealt = deal(rules, teachers, lessons)
    for teacher in teachers:
        hand = [lesson for lesson in dealt.hands[teacher.code] if lesson is not None]
        may = allowed(rules, teacher, lessons)
        assert len(hand) == len(set(hand)) == min(rules.lessons, len(may))
        assert set(hand) <= may


@given(groups())
@settings(max_examples=150, deadline=None)
def test_loads_are_even_whenever_a_flow_says_that_they_can_be(case):
    rules, teachers, lessons = case
    dealt = deal(rules, teachers, lessons)
    step = dealt.steps[-1]
    even = step.missing == 0 and step.loads[1] - step.loads[0] <= 1
    assert even == even_deal_exists(rules, teachers, lessons)
    held = Counter(lesson for hand in dealt.hands.values() for lesson in hand if lesson)
    assert dealt.loads == {lesson.code: held[lesson.code] for lesson in lessons}


@given(groups(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_files_does_not_matter(case, shuffler):
    rules, teachers, lessons = case
    first = deal(rules, teachers, lessons)
    shuffler.shuffle(teachers)
    shuffler.shuffle(lessons)
    again = deal(rules, teachers, lessons)
    assert group_report(rules, again) == group_report(rules, first)
    assert again.hands == first.hands


@given(groups(), st.text(min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_neither_seed_nor_names_decide_how_far_a_group_gets(case, seed):
    """So the office may see before the draw which rung will be used."""
    rules, teachers, lessons = case
    renamed = [one._replace(code=f"x{one.code[::-1]}") for one in teachers]
    one, other = deal(rules, teachers, lessons), deal(rules, renamed, lessons, seed)
    assert one.steps == other.steps
    assert sorted(one.loads.values()) == sorted(other.loads.values())


def test_another_seed_deals_otherwise():
    teachers, lessons = people(50), pool(40)
    assert deal(rules(), teachers, lessons).hands != deal(rules(), teachers, lessons, "1").hands


def test_300_teachers_and_40_lessons_have_load_30_each():
    dealt = deal(rules(), people(300, schools=40), pool(40))
    assert set(dealt.loads.values()) == {30}
    assert [(step.rung, step.missing, step.loads) for step in dealt.steps] == [
        ("city", 0, (30, 30))
    ]


def test_60_teachers_and_4_lessons_climb_the_ladder():
    """Four lessons for everybody, but twelve teachers work at a school that gave one of them."""
    lessons = pool(4) + pool(6, "earlier_years", "E") + pool(9, "nominated", "N")
    ladder = ("earlier_years", "next_stage", "nominated")
    dealt = deal(rules(ladder=ladder), people(60, schools=20), lessons)
    assert [(step.rung, step.added, step.missing, step.loads) for step in dealt.steps] == [
        ("city", 4, 12, None),
        ("earlier_years", 6, 0, (24, 24)),
    ]
    assert dealt.rung == "earlier_years"
    assert group_report(rules(ladder=ladder), dealt)["short"] == {}


def test_a_ladder_that_ends_names_those_who_got_fewer():
    dealt = deal(rules(ladder=("next_stage", "nominated")), people(60, schools=20), pool(4))
    report = group_report(rules(ladder=("next_stage", "nominated")), dealt)
    assert [step["added"] for step in report["steps"]] == [4, 0, 0]
    assert report["short"] == {one.code: 3 for one in people(60, 20) if int(one.school[1:]) < 4}


def test_a_group_without_any_lesson_says_so():
    dealt = deal(rules(ladder=("nominated",)), people(2), [])
    assert dealt.hands == {"t0000": [None] * 4, "t0001": [None] * 4}
    assert dealt.steps[0].missing == 8


def test_every_pair_of_lessons_is_equally_likely():
    """chi² over the pairs in 6,000 hands stays near its degrees of freedom."""
    dealt = deal(rules(strata=()), people(6000), pool(20))
    pairs = Counter(
        frozenset(pair) for hand in dealt.hands.values() for pair in combinations(hand, 2)
    )
    expected = 6000 * 6 / 190
    chi2 = sum((pairs[frozenset(pair)] - expected) ** 2 for pair in combinations(dealt.loads, 2))
    assert 0.5 < chi2 / expected / 189 < 1.5


def test_hands_show_as_many_cities_as_the_pool_allows():
    report = group_report(rules(), deal(rules(), people(800), pool(40)))
    assert report["strata"] == {"city": {"4": 800}}


def test_a_city_with_most_of_the_lessons_is_spread_evenly():
    lessons = [
        one._replace(strata=("0" if place % 5 < 3 else one.strata[0],))
        for place, one in enumerate(pool(40))
    ]
    report = group_report(rules(), deal(rules(), people(800), lessons))
    assert set(report["strata"]["city"]) == {"2", "3", "4"}
    assert report["loads"] == [80, 80]


def test_the_published_algorithm_never_changes():
    """Whoever changes what a draw gives must give the algorithm a new name."""
    lessons = pool(7, cities=3) + pool(5, "earlier_years", "E")
    teachers = [one._replace(barred=frozenset({"L006"})) for one in people(9, schools=5)]
    made = [
        deal(rules(ladder=("earlier_years",)), teachers, lessons),
        deal(rules(), people(60, schools=45), pool(40)),
    ]
    assert digest(json_file([one.hands for one in made]))[:16] == "aa958a2e62d5794a"
