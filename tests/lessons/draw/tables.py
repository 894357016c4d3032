"""Groups of the draw for tests, and an independent answer to "is an even deal possible?"."""

from collections import defaultdict

from hypothesis import strategies as st

from lessons.domain.dealing.shapes import Group, Lesson, Rules, Teacher, root_of

GROUP = Group("primary", "chinese")


def rules(lessons=4, *, avoid_own_school=True, strata=("city",), ladder=()):
    return Rules(lessons, avoid_own_school, strata, ladder)


def root(seed="03 08 15"):
    return root_of("c" * 64, seed)


@st.composite
def groups(draw):
    """A small group with own schools and barred lessons: rules, teachers, lessons."""
    schools = st.sampled_from(["s1", "s2", "s3", ""])
    count, hands = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    codes = [f"L{number}" for number in range(count)]
    lessons = [
        Lesson(code, draw(schools), "city", (draw(st.sampled_from("abc")),)) for code in codes
    ]
    barred = st.frozensets(st.sampled_from(codes), max_size=3)
    teachers = [
        Teacher(f"t{number}", draw(schools), draw(barred))
        for number in range(draw(st.integers(1, 9)))
    ]
    return rules(hands, avoid_own_school=draw(st.booleans())), teachers, lessons


def allowed(rules, teacher, lessons):
    """Codes of the lessons that the teacher may get, said once more in plain words."""
    return {
        lesson.code
        for lesson in lessons
        if lesson.code not in teacher.barred
        and not (rules.avoid_own_school and lesson.school and lesson.school == teacher.school)
    }


def even_deal_exists(rules, teachers, lessons):
    """By maximum flow with lower bounds: each teacher full, each lesson's load q or q + 1."""
    least, more = divmod(rules.lessons * len(teachers), len(lessons))
    room = defaultdict(lambda: defaultdict(int))
    needed = 0

    def edge(start, end, low, high):
        nonlocal needed
        needed += low
        room[start][end] += high - low
        room["source"][end] += low
        room[start]["sink"] += low

    for teacher in teachers:
        edge("in", ("t", teacher.code), rules.lessons, rules.lessons)
        for code in allowed(rules, teacher, lessons):
            edge(("t", teacher.code), ("l", code), 0, 1)
    for lesson in lessons:
        edge(("l", lesson.code), "out", least, least + bool(more))
    room["out"]["in"] = 10**6
    flow = 0
    while augmented(room):
        flow += 1
    return flow == needed


def augmented(room):
    """Send one more from source to sink, if there is a way."""
    came_from, waiting = {"source": None}, ["source"]
    while waiting and "sink" not in came_from:
        here = waiting.pop()
        for there, left in list(room[here].items()):
            if left and there not in came_from:
                came_from[there] = here
                waiting.append(there)
    there = "sink"
    while there in came_from and (here := came_from[there]) is not None:
        room[here][there] -= 1
        room[there][here] += 1
        there = here
    return "sink" in came_from
