"""The product checks its own draws as a stranger would, and its rows against the files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lessons.domain.dealing.files import Damaged
from lessons.domain.dealing.later import Hand
from lessons.domain.dealing.replay import Difference, Replay
from lessons.domain.dealing.sentences import sentence
from lessons.domain.drawing.codes import codes_of
from lessons.domain.drawing.publication import published_files
from lessons.enums import DrawState
from lessons.models import CaseAssignment, Draw, RosterLine


def draws_that_do_not_replay() -> list[tuple]:
    """Draw and the first difference, for each announced draw that its files do not prove."""
    found: list[tuple] = []
    draws = Draw.objects.exclude(state=DrawState.PREPARED).select_related("programme")
    for draw in draws.order_by("pk"):
        found += [(draw.pk, difference) for difference in differences(draw)]
    return found


def differences(draw: Draw) -> list[str]:
    """What a stranger would find wrong with the draw, or with the rows that follow from it."""
    with tempfile.TemporaryDirectory() as name:
        replay = Replay(Path(name), _silent)
        try:
            for file in published_files(draw):
                (Path(name) / file.name).write_bytes(file.read())
            replay.check(draw.commitment)
        except Difference as difference:
            values = {**difference.values, "where": difference.values.get("where") or ""}
            return [sentence(difference.key, "en", values)]
        except (Damaged, FileNotFoundError) as damaged:
            return [str(damaged)]
    uneven = [f"{one.group} is uneven before the ladder ended" for one in replay.uneven]
    return uneven + _other_rows(draw, replay.hands)


def _other_rows(draw: Draw, hands: dict[str, Hand]) -> list[str]:
    """The first teacher whose rows say something else than the files."""
    stored = _stored(draw, len(next(iter(hands.values()), [])))
    for code in sorted(hands.keys() | stored.keys()):
        # Who joined and could be given nothing yet has a line and is in no file.
        replayed = hands.get(code, [None] * len(stored.get(code, [])))
        if stored.get(code) != replayed:
            return [f"teacher {code}: files {replayed}, rows {stored.get(code)}"]
    return []


def _stored(draw: Draw, lessons: int) -> dict[str, Hand]:
    lines = RosterLine.objects.filter(draw=draw).values_list("user_id", "code")
    codes = dict(lines) if draw.state == DrawState.DRAWN else {}
    stored: dict[str, Hand] = {code: [None] * lessons for code in codes.values()}
    lesson_codes = codes_of(draw)
    standing = CaseAssignment.objects.standing().filter(draw=draw)
    for user, position, lesson in standing.values_list(
        "user_id", "position", "lesson__lesson_id"
    ).iterator(chunk_size=20_000):
        stored[codes[user]][position - 1] = lesson_codes.get(lesson, str(lesson))
    return stored


def _silent(*_key, **_values) -> None:
    """The files' story is told to strangers only."""
