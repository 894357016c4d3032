"""How alike two recordings are: pure functions over their fingerprints.

A print survives another coding, another size and another volume almost whole; what changes
are single bits. Prints that stand still (a fixed camera on an empty blackboard, silence, a hum)
say nothing about the recording and never count as evidence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

CLEARLY_DARKER = 3  # grey levels; less is noise of the coder
NEW_PICTURE = 6  # bits by which a picture must differ from the last one to say something
SAME_PICTURE, SAME_SOUND = 9, 6  # bits by which a copy's print may differ
PLAIN = 6  # a word with fewer bits set, or unset, is black, white or one colour
OFTEN = 6  # a word that a recording repeats more often is its background
SOUND_WORDS_EVERY = 8  # about one a second
BREAK = 6.0  # seconds without likeness that end a stretch
LIKE = 0.5  # share of a stretch's prints that must be alike
CHANGES = 3  # pictures that must differ from the one before, or nothing was said
OFFSETS = 3  # best candidates for how far one recording is ahead of the other


@dataclass(frozen=True)
class Stretch:
    """So many seconds of one recording that are also in another. Units: seconds."""

    here: float
    there: float
    seconds: float


def picture_hashes(raw: bytes, width: int, height: int) -> list[int]:
    """One signed 64-bit hash per grey picture: where its left neighbour is clearly darker."""
    size = width * height
    return [
        _signed(_hash(raw[start : start + size], width), 64)
        for start in range(0, len(raw) - size + 1, size)
    ]


def _hash(picture: bytes, width: int) -> int:
    bits = 0
    for place in range(len(picture)):
        if place % width:
            bits = bits << 1 | (picture[place] > picture[place - 1] + CLEARLY_DARKER)
    return bits


def picture_words(hashes: Sequence[int]) -> list[int]:
    """The upper and lower halves of pictures that differ from the one before."""
    words: Counter[int] = Counter()
    for number, value in enumerate(hashes):
        if number == 0 or _differ(value, hashes[number - 1]) >= NEW_PICTURE:
            words.update(_halves(value))
    return sorted(word for word, times in words.items() if times <= OFTEN and not _plain(word))


def sound_words(prints: Sequence[int]) -> list[int]:
    """About one print a second, for the index; a search brings all of its own."""
    return sorted(set(telling(prints[::SOUND_WORDS_EVERY])))


def telling(prints: Sequence[int]) -> list[int]:
    """Those prints that are neither plain nor the recording's background."""
    times = Counter(prints)
    return [word for word in prints if times[word] <= OFTEN and not _plain(word)]


def like_pictures(
    here: Sequence[int], there: Sequence[int], step: float, shortest: float
) -> list[Stretch]:
    """Stretches in which the pictures are alike and change alike. Units: seconds."""

    # Pictures stand wide apart: a copy's may lie between two of ours, so its neighbour may do.
    def alike(mine: int, its: int) -> bool:
        near = there[max(0, its - 1) : its + 2]
        return min(_differ(here[mine], value) for value in near) <= SAME_PICTURE

    def change(span: range) -> bool:
        moved = {here[at] for at in span if at and _differ(here[at], here[at - 1]) >= NEW_PICTURE}
        return sum(not all(map(_plain, _halves(value))) for value in moved) >= CHANGES

    keys = [_places(_words_in_place(sequence)) for sequence in (here, there)]
    comparison = _Comparison((len(here), len(there)), alike, change, step, shortest)
    return comparison.stretches(_offsets(*keys))


def like_sounds(
    here: Sequence[int], there: Sequence[int], step: float, shortest: float
) -> list[Stretch]:
    """Stretches in which the sound is alike and is more than silence or a hum. Units: seconds."""

    def alike(mine: int, its: int) -> bool:
        return _differ(here[mine], there[its], 32) <= SAME_SOUND

    def lively(span: range) -> bool:
        values = [here[at] for at in span]
        return len(set(values)) * 3 >= len(values) and not all(map(_plain, values))

    shared = set(telling(here)) & set(telling(there))
    keys = [
        _places((at, value) for at, value in enumerate(sequence) if value in shared)
        for sequence in (here, there)
    ]
    comparison = _Comparison((len(here), len(there)), alike, lively, step, shortest)
    return comparison.stretches(_offsets(*keys))


@dataclass(frozen=True)
class _Comparison:
    """Two sequences of prints, and when two prints are alike and a span of them says something."""

    lengths: tuple[int, int]
    alike: Callable[[int, int], bool]
    says_something: Callable[[range], bool]
    step: float
    shortest: float

    def stretches(self, offsets: Iterable[int]) -> list[Stretch]:
        found: list[Stretch] = []
        for offset in offsets:
            for span in self._runs(offset):
                stretch = self._stretch(span, offset)
                if stretch.seconds < self.shortest or any(_overlap(stretch, one) for one in found):
                    continue
                if self.says_something(span):
                    found.append(stretch)
        return sorted(found, key=lambda stretch: stretch.here)

    def _stretch(self, span: range, offset: int) -> Stretch:
        ahead = (span.start + offset) * self.step
        return Stretch(span.start * self.step, ahead, len(span) * self.step)

    def _runs(self, offset: int) -> Iterator[range]:
        """Spans that begin and end alike, are alike for the most part and hold no long break."""
        mine, its = self.lengths
        places = range(max(0, -offset), min(mine, its - offset))
        run: list[int] = []
        for at in (at for at in places if self.alike(at, at + offset)):
            if run and at - run[-1] > BREAK / self.step:
                yield from _mostly(run)
                run = []
            run.append(at)
        yield from _mostly(run)


def _mostly(run: list[int]) -> Iterator[range]:
    if run and len(run) >= LIKE * (run[-1] + 1 - run[0]):
        yield range(run[0], run[-1] + 1)


def _words_in_place(hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, value in enumerate(hashes):
        yield from ((at, word) for word in _halves(value) if not _plain(word))


def _places(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {}
    for at, word in pairs:
        places.setdefault(word, []).append(at)
    return places


def _offsets(here: dict[int, list[int]], there: dict[int, list[int]]) -> list[int]:
    """How many steps the other is ahead, by the number of shared words that say so."""
    votes: Counter[int] = Counter()
    for word in here.keys() & there.keys():
        if len(here[word]) * len(there[word]) <= OFTEN**2:
            votes.update(its - mine for mine in here[word] for its in there[word])
    return [offset for offset, _votes in votes.most_common(OFFSETS)]


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.here < other.here + other.seconds and other.here < one.here + one.seconds


def _differ(one: int, other: int, bits: int = 64) -> int:
    return ((one ^ other) & ((1 << bits) - 1)).bit_count()


def _halves(value: int) -> tuple[int, int]:
    return _signed(value >> 32 & 0xFFFFFFFF, 32), _signed(value & 0xFFFFFFFF, 32)


def _plain(word: int) -> bool:
    ones = (word & 0xFFFFFFFF).bit_count()
    return not PLAIN <= ones <= 32 - PLAIN


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> bits - 1 & 1 else value
