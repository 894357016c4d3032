"""Near copies of texts: a small sketch of each text, and the places that two texts share.

A text's sketch is the ``SKETCH`` smallest hashes of its 5-character pieces. Two texts that
share a part of their pieces share about that part of their sketches, so candidates are found
by an index over numbers, whatever the texts' length. Pure functions of the standard library.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

PIECE = 5  # characters
SKETCH = 128  # numbers; the share is then known to about 9 percentage points either way
RUN = 16  # characters; agreeing by chance over so many is not to be expected
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Passage:
    """``length`` characters that stand at ``here`` in one text and at ``there`` in the other."""

    here: int
    there: int
    length: int


def bare(text: str) -> str:
    """The text as it is compared: NFKC, small letters, without spaces and punctuation."""
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold())


def sketch_of(text: str) -> list[int]:
    """The sketch of ``text``, ascending; empty for a text shorter than one piece."""
    return sorted({_hash(piece) for piece in _pieces(bare(text))})[:SKETCH]


def share(here: Iterable[int], there: Iterable[int]) -> int:
    """About how many per cent of all pieces both texts have, from their sketches."""
    one, other = set(here), set(there)
    smallest = sorted(one | other)[:SKETCH]
    return round(100 * len(one & other & set(smallest)) / len(smallest)) if smallest else 0


def common_passages(here: str, there: str, *, at_most: int = 12) -> list[Passage]:
    """The longest passages that stand word for word in both (``bare``) texts, longest first.

    Units: characters; a passage has at least ``RUN``. Linear but for texts made of repetitions.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for start in range(len(there) - RUN + 1):
        found = places[there[start : start + RUN]]
        if len(found) < 8:  # a refrain need not be told more often
            found.append(start)
    passages = list(_runs(here, there, places))
    passages.sort(key=lambda one: (-one.length, one.here))
    return passages[:at_most]


def _runs(here: str, there: str, places: dict[str, list[int]]) -> Iterator[Passage]:
    start = 0
    while start + RUN <= len(here):
        best = 0, 0
        for place in places.get(here[start : start + RUN], ()):
            best = max(best, (_agreeing(here, there, start, place), place))
        if best[0]:
            yield Passage(start, best[1], best[0])
        start += best[0] or 1


def _agreeing(here: str, there: str, start: int, place: int) -> int:
    length = RUN
    while (
        start + length < len(here)
        and place + length < len(there)
        and here[start + length] == there[place + length]
    ):
        length += 1
    return length


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(len(text) - PIECE + 1))


def _hash(piece: str) -> int:
    """64 bits with a sign, as PostgreSQL's bigint holds them."""
    return int.from_bytes(blake2b(piece.encode(), digest_size=8).digest(), "big", signed=True)
