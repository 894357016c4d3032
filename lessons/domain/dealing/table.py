"""One group at the table: who holds what, who must not get what, and the first deal."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.domain.dealing.shapes import Lesson, Rules, Teacher, in_order, number

EXCHANGE_TRIES = 64  # seats looked at for one exchange before longer ways are sought


class Table:
    """Teachers and lessons by their place in the order of the seed, so places can be compared."""

    def __init__(
        self, root: bytes, name: str, rules: Rules, teachers: list[Teacher], lessons: list[Lesson]
    ):
        self.root, self.name, self.rules = root, name, rules
        codes = [one.code.encode() for one in teachers]
        turn = in_order(root, f"{name}/turn 1", codes)
        self.teachers = [teachers[place] for place in turn]
        self.codes = [codes[place] for place in turn]
        cards = [one.code.encode() for one in lessons]
        deck = in_order(root, f"{name}/deck 1", cards)
        self.lessons = [lessons[place] for place in deck]
        self.cards = [cards[place] for place in deck]
        self.barred = barred_places(rules, self.teachers, self.lessons)
        self.hands: list[list[int | None]] = []
        self.loads = [0] * len(lessons)
        self.seats: list[tuple[int, int]] = []  # teacher and position, turn after turn

    def wanted(self, teacher: int) -> int:
        """How many lessons the teacher can get at all."""
        return min(self.rules.lessons, len(self.lessons) - len(self.barred[teacher]))

    def missing(self) -> int:
        """How many lessons nobody can deal, because a teacher may not get enough of them."""
        full = self.rules.lessons
        return sum(full - self.wanted(teacher) for teacher in range(len(self.teachers)))

    def deal(self) -> None:
        """Turn after turn, each teacher takes the top card of the shuffled decks."""
        count = len(self.teachers)
        wanted = [self.wanted(teacher) for teacher in range(count)]
        cards = self._cards(sum(wanted))
        self.hands = [[None] * self.rules.lessons for _ in range(count)]
        for position in range(self.rules.lessons):
            label = f"{self.name}/turn {position + 1}"
            turn = in_order(self.root, label, self.codes) if position else range(count)
            self.seats += [(teacher, position) for teacher in turn if position < wanted[teacher]]
        for (teacher, position), card in zip(self.seats, cards, strict=False):
            self.hands[teacher][position] = card
            self.loads[card] += 1

    def _cards(self, count: int) -> Iterator[int]:
        """Deck after deck, each with every lesson once, each in an order of its own."""
        number_of_deck = 0
        while count > 0:
            number_of_deck += 1
            label = f"{self.name}/deck {number_of_deck}"
            first = number_of_deck == 1
            deck = range(len(self.cards)) if first else in_order(self.root, label, self.cards)
            yield from deck
            count -= len(self.cards)

    def may_take(self, teacher: int, lesson: int) -> bool:
        return lesson not in self.barred[teacher] and lesson not in self.hands[teacher]

    def wrong(self, teacher: int, position: int) -> bool:
        """Whether the teacher must not keep what lies at the position."""
        hand, card = self.hands[teacher], self.hands[teacher][position]
        return card is not None and (card in self.barred[teacher] or hand.count(card) > 1)

    def partners(self, teacher: int, position: int, label: str, tries: int) -> Iterator[int]:
        """Seats to exchange with, from a place on that nobody can steer."""
        count = len(self.seats)
        start = number(self.root, f"{self.name}/{label} {position + 1}", self.codes[teacher])
        for step in range(min(tries, count)):
            yield (start + step) % count

    def exchange(self, teacher: int, position: int, other: int, other_position: int) -> None:
        mine, theirs = self.hands[teacher], self.hands[other]
        mine[position], theirs[other_position] = theirs[other_position], mine[position]


def barred_places(
    rules: Rules, teachers: list[Teacher], lessons: list[Lesson]
) -> list[frozenset[int]]:
    """Per teacher the places of the lessons that the teacher must not get."""
    by_code = {lesson.code: place for place, lesson in enumerate(lessons)}
    by_school: dict[str, set[int]] = {}
    if rules.avoid_own_school:
        for place, lesson in enumerate(lessons):
            if lesson.school:
                by_school.setdefault(lesson.school, set()).add(place)
    nothing: frozenset[int] = frozenset()
    schools = {school: frozenset(places) for school, places in by_school.items()}
    return [
        schools.get(one.school, nothing) | {by_code[code] for code in one.barred if code in by_code}
        if one.barred
        else schools.get(one.school, nothing)
        for one in teachers
    ]


def mend_by_exchange(table: Table) -> None:
    """Exchange every card that its teacher must not keep with a seat where both are right.

    What no exchange of two seats can mend is put back; ``paths`` deals it again.
    """
    for teacher, hand in enumerate(table.hands):
        barred = table.barred[teacher]
        if len(set(hand)) == len(hand) and (not barred or barred.isdisjoint(hand)):
            continue
        for position in range(len(hand)):
            if table.wrong(teacher, position) and not _exchanged(table, teacher, position):
                card = hand[position]
                hand[position] = None
                table.loads[card] -= 1  # type: ignore[index]


def _exchanged(table: Table, teacher: int, position: int) -> bool:
    card = table.hands[teacher][position]
    for seat in table.partners(teacher, position, "exchange", EXCHANGE_TRIES):
        other, other_position = table.seats[seat]
        theirs = table.hands[other][other_position]
        if other == teacher or theirs is None or theirs == card:
            continue
        if table.may_take(teacher, theirs) and table.may_take(other, card):  # type: ignore[arg-type]
            table.exchange(teacher, position, other, other_position)
            return True
    return False
