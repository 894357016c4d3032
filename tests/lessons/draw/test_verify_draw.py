"""The program that strangers run: the same source, alone, and it names what was changed."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from lessons.domain.dealing.bundle import program
from lessons.domain.dealing.files import (
    announcement_file,
    digest,
    given_file,
    json_file,
    link,
    pool_file,
    read_pool,
    result_file,
    roster_file,
    rules_file,
)
from lessons.domain.dealing.group import deal_all
from lessons.domain.dealing.later import Given, Request, supplement
from lessons.domain.dealing.replay import state_after
from lessons.domain.dealing.report import report_of
from lessons.domain.dealing.shapes import Group, Lesson, Teacher, root_of
from tests.lessons.draw.tables import rules

TOOL = settings.BASE_DIR / "tools" / "verify_draw.py"
GROUPS = [Group("junior", "history"), Group("primary", "chinese")]
SEED = "03 08 15 22 27 31 + 09"


def test_the_tool_is_the_products_own_source():
    assert TOOL.read_bytes() == program()


@pytest.fixture
def folder(tmp_path):
    """A whole published draw with one supplement."""
    Published(tmp_path).write()
    return tmp_path


class Published:
    def __init__(self, folder: Path):
        self.folder = folder
        self.rules = rules(ladder=("earlier_years",))

    def put(self, name, content):
        (self.folder / name).write_bytes(content)
        return digest(content)

    def file(self, name):
        return (self.folder / name).read_bytes()

    def write(self):
        teachers = {
            group: [Teacher(f"{group.stage}{number:03}", f"s{number % 9}") for number in range(30)]
            for group in GROUPS
        }
        rows = [
            (
                *group,
                "city",
                f"{group.stage[0]}{number:02}",
                f"s{number}",
                f"37{number % 3}",
                "三年级",
                "人教版,上",
            )
            for group in GROUPS
            for number in range(8)
        ]
        facts = {
            "programme": "2017",
            "seed_event": "双色球第2017066期",
            "seed_known_at": "2017-06-12T21:30:00+08:00",
            "program": digest(TOOL.read_bytes()),
            "rules": self.put("rules.json", rules_file(self.rules)),
            "roster": self.put("roster.csv", roster_file(teachers)),
            "pool": self.put("pool.csv", pool_file(rows)),
        }
        self.put("verify_draw.py", TOOL.read_bytes())
        commitment = self.put("announcement.txt", announcement_file(facts))
        self.put("seed.txt", f"{SEED}\n".encode())
        self.draw(commitment, teachers)

    def draw(self, commitment, teachers):
        root = root_of(commitment, SEED)
        pools = read_pool(self.file("pool.csv"), self.rules)
        dealt = list(deal_all(root, self.rules, teachers, pools))
        hands = [(one.group, code, hand) for one in dealt for code, hand in one.hands.items()]
        self.put("result.csv", result_file(hands))
        self.put("report.json", json_file(report_of(self.rules, dealt)))
        head = link(commitment, digest(SEED.encode()), digest(self.file("result.csv")))
        self.add(root, state_after(pools, dealt), head)

    def add(self, root, state, head):
        group, new = GROUPS[0], Lesson("j99", "s99", "city", ("370",))
        joiner = Request(group, Teacher("joiner", "s1", frozenset({"j02"})), frozenset())
        holder = next(code for code, hand in sorted(state.hands.items()) if "j03" in hand)
        kept = frozenset(state.hands[holder]) - {"j03"}
        requests = [joiner, Request(group, Teacher(holder, ""), kept)]
        given = Given(1, head, [(group, new)], [(group, "j03")], requests)
        added = [(*group, "city", "j99", "s99", "370", "", "")]
        self.put("supplement-001-given.csv", given_file(given, added))
        hands = supplement(root, self.rules, state, given)
        self.put(
            "supplement-001-result.csv",
            result_file((group, code, hand) for code, hand in hands.items()),
        )


def verify(folder, *more):
    """Run the tool as a stranger would: no site packages, none of the product on the path."""
    command = [sys.executable, "-I", "-S", str(TOOL), str(folder), "--lang", "en", *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def change(path, old, new):
    content = path.read_bytes()
    assert content.count(old) >= 1
    path.write_bytes(content.replace(old, new, 1))


def test_the_tool_replays_draw_and_supplement(folder):
    commitment = digest((folder / "announcement.txt").read_bytes())
    code, lines = verify(folder, "--commitment", commitment)
    assert (code, lines[-1]) == (0, "Everything agrees.")
    assert "result.csv equals the replay byte for byte: 60 teachers" in lines
    assert "supplement-001-result.csv equals the replay byte for byte: 2 teachers" in lines


def test_before_the_seed_only_the_announcement_is_checked(folder):
    (folder / "seed.txt").unlink()
    code, lines = verify(folder)
    assert code == 0
    assert lines[-2].startswith("The seed is not published yet")


def test_another_announcement_than_the_official_one_is_named(folder):
    code, lines = verify(folder, "--commitment", "0" * 64)
    assert code == 1
    assert lines[-1].startswith("announcement.txt differs from the commitment: wanted 000")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("roster.csv", b"junior007", b"junior0x7", "line 9 was changed: junior,history,junior0x7"),
        ("pool.csv", b"p03", b"p13", "line 13 was changed: primary,chinese,city,p13"),
        ("rules.json", b"4", b"3", "rules.json differs from the announced hash"),
        ("verify_draw.py", b"SHA-256", b"SHA-255", "verify_draw.py differs from the announced"),
        ("announcement.txt", b"roster ", b"roster_", "line 7 was changed"),
        ("supplement-001-given.csv", b"joiner", b"joimer", "supplement-001-given.csv is damaged"),
    ],
)
def test_a_changed_byte_is_named_by_its_line(folder, name, old, new, told):
    change(folder / name, old, new)
    code, lines = verify(folder)
    assert code == 1
    assert told in lines[-1]


@pytest.mark.parametrize("name", ["result.csv", "supplement-001-result.csv"])
def test_a_changed_hand_is_named_by_teacher_and_position(folder, name):
    line = (folder / name).read_text().splitlines()[1]
    _stage, _subject, teacher, lessons = line.split(",")
    second = lessons.split()[1]
    change(folder / name, f" {second} ".encode(), b" j77 ")
    code, lines = verify(folder)
    assert code == 1
    expected = f"teacher {teacher} position 2: published j77, replayed {second}"
    assert lines[-1] == f"{name} line 2: {expected}"


def test_a_supplement_out_of_its_chain_is_named(folder):
    """The number of a report is changed: the result is not, but the chain is broken."""
    seed = folder / "supplement-001-given.csv"
    lines = seed.read_text().splitlines(keepends=True)
    body = lines[2].rpartition(",")[0].replace("previous,", "previous,0", 1)
    lines[2] = f"{body},{digest(body.encode())[:8]}\n"
    seed.write_text("".join(lines))
    code, told = verify(folder)
    assert code == 1
    assert told[-1].startswith("supplement-001-given.csv does not follow the link before it")


def test_a_lesson_given_back_without_a_reason_is_named(folder):
    path = folder / "supplement-001-given.csv"
    lines = path.read_text().splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith("withdrawn"))
    del lines[place]
    path.write_text("".join(lines))
    code, told = verify(folder)
    assert code == 1
    assert "gave back j03 without a reason that the rule knows" in told[-1]


def test_a_missing_file_is_named(folder):
    (folder / "pool.csv").unlink()
    assert verify(folder) == (1, [*verify(folder)[1][:-1], "pool.csv is missing"])
