"""Supplements: joiners, changed registrations, withdrawn and nominated lessons."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.domain.dealing.group import deal_group
from lessons.domain.dealing.later import Given, Request, supplement
from lessons.domain.dealing.replay import state_after
from lessons.domain.dealing.shapes import Lesson, Teacher
from tests.lessons.draw.tables import GROUP, allowed, groups, root, rules


def drawn(rules, teachers, lessons):
    dealt = deal_group(root(), GROUP, rules, teachers, lessons)
    return state_after({GROUP: lessons}, [dealt])


def joiner(code="new", school="", barred=()):
    return Request(GROUP, Teacher(code, school, frozenset(barred)), frozenset())


def people(count):
    return [Teacher(f"t{number}", "") for number in range(count)]


def pool(count, rung="city", letter="L"):
    return [Lesson(f"{letter}{number}", f"s{number}", rung, ("a",)) for number in range(count)]


def test_a_joiner_gets_the_lessons_with_the_least_load():
    state = drawn(rules(2), people(5), pool(7))  # ten places on seven lessons: four have one
    light = {code for code, load in state.loads.items() if load == 1}
    hands = supplement(root(), rules(2), state, Given(1, "", requests=[joiner()]))
    assert set(hands["new"]) < light
    assert sorted(state.loads.values()) == [1, 1, 2, 2, 2, 2, 2]


def test_nobody_else_is_touched():
    state = drawn(rules(2), people(5), pool(7))
    before = {teacher: list(hand) for teacher, hand in state.hands.items()}
    supplement(root(), rules(2), state, Given(1, "", requests=[joiner()]))
    assert {teacher: state.hands[teacher] for teacher in before} == before


def test_a_withdrawn_lesson_is_replaced_at_its_place_and_never_comes_back():
    state = drawn(rules(2), people(4), pool(5))
    teacher, hand = next(iter(sorted(state.hands.items())))
    gone, kept = list(hand)
    request = Request(GROUP, Teacher(teacher, ""), frozenset({kept}))
    supplement(root(), rules(2), state, Given(1, "", [], [(GROUP, gone)], [request]))
    assert state.hands[teacher][1] == kept
    new = state.hands[teacher][0]
    assert new not in {gone, kept, None}
    state.pools[GROUP][gone] = Lesson(gone, "", "city", ("a",))
    give_back = Request(GROUP, Teacher(teacher, "", frozenset({new})), frozenset({kept}))
    supplement(root(), rules(2), state, Given(2, "", requests=[give_back]))
    assert state.hands[teacher][0] not in {gone, new}


def test_a_newly_nominated_lesson_tops_up_who_was_short():
    ladder = rules(2, ladder=("nominated",))
    state = drawn(ladder, [Teacher("t0", "s0"), *people(3)[1:]], pool(2))
    assert state.hands["t0"] == ["L1", None]
    lesson = Lesson("N0", "", "nominated", ("a",))
    request = Request(GROUP, Teacher("t0", "s0"), frozenset({"L1"}))
    supplement(root(), ladder, state, Given(1, "", [(GROUP, lesson)], [], [request]))
    assert state.hands["t0"] == ["L1", "N0"]


def test_the_ladder_is_climbed_only_by_those_who_need_it():
    ladder = rules(2, ladder=("nominated",))
    state = drawn(ladder, people(2), pool(2) + pool(2, "nominated", "N"))
    requests = [joiner("full"), joiner("short", "s0")]
    hands = supplement(root(), ladder, state, Given(1, "", requests=requests))
    assert set(hands["full"]) == {"L0", "L1"}
    assert hands["short"][0] == "L1"
    assert hands["short"][1] in {"N0", "N1"}


@given(groups(), groups(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_joiners_are_dealt_alike_in_any_order_and_by_every_rule(case, other, shuffler):
    rules, teachers, lessons = case
    joiners = [one._replace(code=f"j{one.code}") for one in other[1]]
    requests = [Request(GROUP, one, frozenset()) for one in joiners]
    hands = supplement(
        root(), rules, drawn(rules, teachers, lessons), Given(1, "", [], [], requests)
    )
    for joined in joiners:
        hand = [lesson for lesson in hands[joined.code] if lesson is not None]
        may = allowed(rules, joined, lessons)
        assert len(hand) == len(set(hand)) == min(rules.lessons, len(may))
        assert set(hand) <= may
    shuffler.shuffle(requests)
    again = supplement(
        root(), rules, drawn(rules, teachers, lessons), Given(1, "", [], [], requests)
    )
    assert again == hands
