"""The published files of a draw: what stands in them, byte by byte.

UTF-8, lines end with LF, one order. Every line of roster, pool and given ends with a check of
its own (the first 8 hex digits of its SHA-256), so that a changed byte is named by its line.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256

from lessons.domain.dealing.later import Given, Hand, Request
from lessons.domain.dealing.shapes import ALGORITHM, Group, Lesson, Rules, Teacher

ROSTER = ("stage", "subject", "teacher", "school", "barred")
POOL = ("stage", "subject", "rung", "lesson", "school", "city", "grade", "edition")
RESULT = ("stage", "subject", "teacher", "lessons")
STRATA = ("city", "grade", "edition")
GIVEN = ("kind", "code", "stage", "subject", "school", "rung", *STRATA, "barred", "kept")
NO_LESSON = "-"
CHECK_DIGITS = 8


class Damaged(Exception):
    """A file cannot be what was published: which, in which line, and why."""

    def __init__(self, name: str, line: int, why: str):
        super().__init__(name, line, why)
        self.name, self.line, self.why = name, line, why


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def json_file(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def announcement_file(facts: dict[str, str]) -> bytes:
    """``facts`` in their order, one a line; the SHA-256 of this file is the commitment."""
    lines = [ALGORITHM, *(f"{name} {value}" for name, value in facts.items())]
    return "".join(f"{line}\n" for line in lines).encode()


def read_announcement(content: bytes, name: str = "announcement.txt") -> dict[str, str]:
    """The facts of an announcement by their names. Raises: Damaged."""
    facts = {}
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        key, space, value = line.partition(" ") if number > 1 else ("algorithm", " ", line)
        if not space:
            raise Damaged(name, number, line)
        facts[key] = value
    return facts


def rules_file(rules: Rules) -> bytes:
    return json_file(vars(rules))


def read_rules(content: bytes) -> Rules:
    data = json.loads(content)
    return Rules(
        lessons=data["lessons"],
        avoid_own_school=data["avoid_own_school"],
        strata=tuple(data["strata"]),
        ladder=tuple(data["ladder"]),
    )


def table_file(head: Iterable[str], rows: Iterable[Iterable[str]], *, checked: bool) -> bytes:
    """Rows as CSV in the order given; the caller sorts."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*head, "check"] if checked else head)
    if not checked:
        writer.writerows(rows)
        return buffer.getvalue().encode()
    lines = [buffer.getvalue()]
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(row)
        line = buffer.getvalue()[:-1]
        lines.append(f"{line},{_check(line)}\n")
    return "".join(lines).encode()


def read_table(name: str, content: bytes, head: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of a checked file without their check.

    Raises: Damaged with the first line that is not as it was written.
    """
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError as error:
        place = content[: error.start].count(b"\n") + 1
        raise Damaged(name, place, "not UTF-8") from None
    if lines[0] != ",".join((*head, "check")):
        raise Damaged(name, 1, lines[0])
    if lines.pop() != "":
        raise Damaged(name, len(lines) + 1, "the last line has no end")
    for number, line in enumerate(lines[1:], 2):
        body, _comma, check = line.rpartition(",")
        row = next(csv.reader([body]), [])
        if check != _check(body) or len(row) != len(head):
            raise Damaged(name, number, line)
        yield row


def _check(line: str) -> str:
    return digest(line.encode())[:CHECK_DIGITS]


def roster_file(rosters: dict[Group, list[Teacher]]) -> bytes:
    rows = (
        (*group, one.code, one.school, " ".join(sorted(one.barred)))
        for group in sorted(rosters)
        for one in sorted(rosters[group])
    )
    return table_file(ROSTER, rows, checked=True)


def read_roster(content: bytes, name: str = "roster.csv") -> dict[Group, list[Teacher]]:
    rosters: dict[Group, list[Teacher]] = {}
    nothing: frozenset[str] = frozenset()
    for stage, subject, code, school, barred in read_table(name, content, ROSTER):
        lessons = frozenset(barred.split()) if barred else nothing
        rosters.setdefault(Group(stage, subject), []).append(Teacher(code, school, lessons))
    return rosters


def pool_file(rows: Iterable[tuple[str, ...]]) -> bytes:
    """``rows`` as in ``POOL``."""
    return table_file(POOL, sorted(rows), checked=True)


def read_pool(content: bytes, rules: Rules, name: str = "pool.csv") -> dict[Group, list[Lesson]]:
    pools: dict[Group, list[Lesson]] = {}
    for stage, subject, rung, code, school, *strata in read_table(name, content, POOL):
        lesson = Lesson(code, school, rung, _strata(rules, strata))
        pools.setdefault(Group(stage, subject), []).append(lesson)
    return pools


def _strata(rules: Rules, values: list[str]) -> tuple[str, ...]:
    return tuple(values[STRATA.index(key)] for key in rules.strata)


def result_file(hands: Iterable[tuple[Group, str, Hand]]) -> bytes:
    rows = (
        (*group, teacher, " ".join(lesson or NO_LESSON for lesson in hand))
        for group, teacher, hand in sorted(hands, key=lambda row: row[:2])
    )
    return table_file(RESULT, rows, checked=False)


def given_file(given: Given, added: Iterable[tuple[str, ...]]) -> bytes:
    """``added`` are rows as in ``POOL``: the lessons of ``given.added`` with all their strata."""
    rows = [_given("number", str(given.number)), _given("previous", given.previous)]
    lessons = []
    for stage, subject, rung, code, school, *strata in added:
        lessons.append(_given("lesson", code, stage, subject, school, rung, *strata))
    gone = [_given("withdrawn", code, *group) for group, code in given.withdrawn]
    teachers = [_request(request) for request in given.requests]
    return table_file(GIVEN, rows + sorted(lessons + gone + teachers), checked=True)


def _given(*cells: str) -> tuple[str, ...]:
    return (*cells, *[""] * (len(GIVEN) - len(cells)))


def _request(request: Request) -> tuple[str, ...]:
    code, school, barred = request.teacher
    place = ("teacher", code, *request.group, school)
    nothing = [""] * (len(GIVEN) - len(place) - 2)
    return (*place, *nothing, " ".join(sorted(barred)), " ".join(sorted(request.kept)))


def read_given(content: bytes, rules: Rules, name: str = "given.csv") -> Given:
    given = Given(0, "")
    for kind, code, stage, subject, school, rung, *rest in read_table(name, content, GIVEN):
        group, (*strata, barred, kept) = Group(stage, subject), rest
        if kind == "number":
            given.number = int(code)
        elif kind == "previous":
            given.previous = code
        elif kind == "withdrawn":
            given.withdrawn.append((group, code))
        elif kind == "lesson":
            given.added.append((group, Lesson(code, school, rung, _strata(rules, strata))))
        else:
            teacher = Teacher(code, school, frozenset(barred.split()))
            given.requests.append(Request(group, teacher, frozenset(kept.split())))
    return given


def link(previous: str, given_sha256: str, result_sha256: str) -> str:
    """The chain: each supplement's link holds everything that came before it.

    The draw itself is the first link: it follows the commitment, and its given is the seed.
    """
    return digest(f"{previous}\n{given_sha256}\n{result_sha256}\n".encode())
