"""Structured random: let each teacher's lessons come from as many strata as exchanges allow."""

from __future__ import annotations

from lessons.domain.dealing.table import Table

SPREAD_TRIES = 8
SPREAD_ROUNDS = 2


class Spread:
    """Counts pairs of cards in one hand that share a stratum, and exchanges them away.

    Fewer such pairs means more different cities (grades, editions) for each, and evenly so:
    four of one city are six pairs, three are three, two are one.
    """

    def __init__(self, table: Table):
        self.table = table
        self.strata = [lesson.strata for lesson in table.lessons]
        self.share = self._shares()
        self.left = sum(self._pairs(hand) for hand in table.hands) - self._fewest()

    def improve(self, teacher: int, label: str) -> None:
        """Exchange the cards of which the hand has more than its share, where both gain."""
        table = self.table
        hand = table.hands[teacher]
        for position, card in enumerate(hand):
            if card is None or not self._too_many(hand, card):
                continue
            for seat in table.partners(teacher, position, label, SPREAD_TRIES):
                other, other_position = table.seats[seat]
                gain = self._gain(teacher, position, other, other_position)
                if gain > 0:
                    table.exchange(teacher, position, other, other_position)
                    self.left -= gain
                    break

    def _shares(self) -> list[dict[str, int]]:
        """Per key and value the most cards of it that a hand has if all are dealt evenly."""
        hands = len(self.table.hands)
        return [
            {value: -(-load // hands) for value, load in loads.items()} for loads in self._loads()
        ]

    def _loads(self) -> list[dict[str, int]]:
        loads: list[dict[str, int]] = [{} for _ in self.table.rules.strata]
        for card, load in enumerate(self.table.loads):
            for key, value in enumerate(self.strata[card]):
                loads[key][value] = loads[key].get(value, 0) + load
        return loads

    def _fewest(self) -> int:
        """The fewest pairs that any deal of these cards could have."""
        hands, pairs = len(self.table.hands), 0
        for loads in self._loads():
            for load in loads.values():
                each, more = divmod(load, hands)
                pairs += hands * each * (each - 1) // 2 + more * each
        return pairs

    def _pairs(self, hand: list[int | None]) -> int:
        cards = [self.strata[card] for card in hand if card is not None]
        return sum(
            sum(map(str.__eq__, one, other))
            for place, one in enumerate(cards)
            for other in cards[:place]
        )

    def _too_many(self, hand: list[int | None], card: int) -> bool:
        cards = [self.strata[one] for one in hand if one is not None]
        for key, value in enumerate(self.strata[card]):
            if sum(one[key] == value for one in cards) > self.share[key][value]:
                return True
        return False

    def _gain(self, teacher: int, position: int, other: int, other_position: int) -> int:
        """How many pairs fewer there are if the two seats exchange; 0 where they must not."""
        mine, theirs = self.table.hands[teacher], self.table.hands[other]
        card, their_card = mine[position], theirs[other_position]
        if other == teacher or their_card is None or card is None:
            return 0
        gain = self._fewer(mine, card, their_card) + self._fewer(theirs, their_card, card)
        if gain <= 0:
            return 0
        may = self.table.may_take(teacher, their_card) and self.table.may_take(other, card)
        return gain if may else 0

    def _fewer(self, hand: list[int | None], old: int, new: int) -> int:
        gone, come, fewer = self.strata[old], self.strata[new], 0
        for card in hand:
            if card is not None and card != old:
                for value, was, will in zip(self.strata[card], gone, come, strict=True):
                    fewer += (value == was) - (value == will)
        return fewer


def spread_hands(table: Table) -> None:
    """Exchange cards between two teachers where together they repeat fewer strata.

    Hard rules hold after every exchange, and no lesson's load changes. It ends where nothing
    better is possible or found; it is a search, not a guarantee.
    """
    search = Spread(table)
    for round_number in range(1, SPREAD_ROUNDS + 1):
        for teacher in range(len(table.hands)):
            if search.left <= 0:
                return
            search.improve(teacher, f"spread {round_number}")
