"""One canonical form for what was answered and for what is right, so that SQL can compare them.

Choices: the sorted indexes of the version's own options. Fill-in: the text itself, folded.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence

LONGEST_TEXT = 200


def fold_text(text: str) -> str:
    """A text without the differences that no marker would count: width, case, outer spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\x00", "")
    return " ".join(folded.split())[:LONGEST_TEXT]


def given_answers(answers: Mapping[int, Sequence[str]]) -> str:
    """What the browser sent, by position, as the JSON that the saving statement reads.

    A choice sends the shown positions of the ticked options, a fill-in one text; the
    statement knows the kind and takes the one that fits.
    """
    rows = [
        {
            "position": position,
            "ticked": sorted({int(one) for one in given if one.isdecimal() and len(one) < 4}),
            "text": fold_text(given[0]) if given else "",
        }
        for position, given in answers.items()
    ]
    return json.dumps(rows)
