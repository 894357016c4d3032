"""What a database owner changes behind the application's back is named (R19, R20)."""

import stat
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.invariants import check_invariants
from credits.domain.head_export import export_folder, export_heads
from credits.domain.ledger import reverse_entry
from credits.models import LedgerEntry, LedgerHeadExport
from credits.queries import hours_by_part
from tests.credits.factories import PARTS, make_programme, make_teacher, post

pytestmark = pytest.mark.django_db
REFUSED = "permission denied|written by the ledger only"


def found():
    return {
        one.invariant.name: one.rows
        for one in check_invariants()
        if one.app == "credits" and not one.kept
    }


def as_owner(sql, *params):
    """What somebody with the owner's password can do: switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def lines(teacher, programme):
    return [post(teacher, programme, class_hours=hours) for hours in (1, "0.5", 2)]


def test_an_untouched_ledger_keeps_every_invariant(lines):
    export_heads()
    reverse_entry(lines[1], by=None, why="代看")
    assert found() == {}


def test_edited_hours_are_named(lines, teacher):
    as_owner("UPDATE credits_ledgerentry SET class_hours = 9 WHERE id = %s", lines[1].pk)
    assert [row["id"] for row in found()["ledger_hash_is_of_its_line"]] == [lines[1].pk]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("label", "'another'"),
        ("source", "'s:x'"),
        ("part", "'elective'"),
        ("earned_at", "earned_at - interval '1 microsecond'"),
        ("posted_at", "posted_at + interval '1 microsecond'"),
        ("programme_id", "programme_id + 1"),
    ],
)
def test_any_edited_column_is_named(lines, column, value):
    change = f"UPDATE credits_ledgerentry SET {column} = {value} WHERE id = %s"  # noqa: S608
    as_owner(change, lines[0].pk)
    assert [row["id"] for row in found()["ledger_hash_is_of_its_line"]] == [lines[0].pk]
    as_owner("DELETE FROM credits_ledgerentry")  # the edited foreign key would fail the commit
    as_owner("DELETE FROM credits_ledgerhead")


def test_an_edited_line_with_a_new_hash_breaks_the_chain(lines):
    as_owner(
        """UPDATE credits_ledgerentry SET class_hours = 9 WHERE id = %s;
           UPDATE credits_ledgerentry line SET hash = credits_entry_hash(line) WHERE id = %s""",
        lines[0].pk,
        lines[0].pk,
    )
    broken = found()
    assert "ledger_hash_is_of_its_line" not in broken
    assert [row["id"] for row in broken["ledger_lines_are_chained"]] == [lines[1].pk]


def test_a_deleted_middle_line_is_named(lines):
    as_owner("DELETE FROM credits_ledgerentry WHERE id = %s", lines[1].pk)
    assert [row["id"] for row in found()["ledger_lines_are_chained"]] == [lines[2].pk]


def test_a_deleted_tail_line_is_named(lines, teacher):
    as_owner("DELETE FROM credits_ledgerentry WHERE id = %s", lines[2].pk)
    assert found()["ledger_head_is_the_last_line"] == [
        {"user_id": teacher.pk, "head_seq": 3, "last_seq": 2}
    ]


def test_a_line_posted_after_a_deleted_tail_does_not_heal_the_chain(lines, teacher, programme):
    as_owner("DELETE FROM credits_ledgerentry WHERE id = %s", lines[2].pk)
    entry = post(teacher, programme)
    assert entry.seq == 4
    assert [row["id"] for row in found()["ledger_lines_are_chained"]] == [entry.pk]


def cut_tail_and_mend_head(lines):
    as_owner("DELETE FROM credits_ledgerentry WHERE id = %s", lines[2].pk)
    as_owner("UPDATE credits_ledgerhead SET seq = 2, hash = %s", lines[1].hash)


def test_a_deleted_tail_with_a_mended_head_is_named_by_the_export(lines, teacher):
    export_heads()
    cut_tail_and_mend_head(lines)
    broken = found()
    assert list(broken) == ["ledger_exports_still_hold"]
    assert broken["ledger_exports_still_hold"][0]["row"][1:] == [f"user {teacher.pk}", "line 3"]


def test_without_an_export_the_mended_head_would_pass(lines):
    """Why the heads are exported at all."""
    cut_tail_and_mend_head(lines)
    assert found() == {}


def test_a_changed_export_file_is_named(lines):
    export_heads()
    path = next(export_folder().iterdir())
    path.chmod(0o644)
    path.write_text(path.read_text().replace(lines[2].hash, lines[1].hash))
    rows = [row["row"] for row in found()["ledger_exports_still_hold"]]
    assert (rows[0], rows[1][0]) == ([path.name, "was changed"], path.name)


def test_a_missing_export_file_is_named(lines):
    export_heads()
    path = next(export_folder().iterdir())
    path.unlink()
    assert found()["ledger_exports_still_hold"] == [{"row": [path.name, "is missing"]}]


def test_the_export_is_a_read_only_file_with_its_digest_and_predecessor(lines, programme):
    first = export_heads()
    post(make_teacher(), programme)
    second = export_heads()
    assert first.lines == 1
    assert LedgerHeadExport.objects.count() == 2
    path = export_folder() / second.file_name
    assert path.read_text().splitlines()[0] == f"previous,{first.sha256}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert found() == {}


def test_nothing_is_exported_before_the_first_line(db):
    assert export_heads() is None
    assert not export_folder().exists()


def test_the_export_command_names_its_file_and_digest(lines, capsys):
    call_command("export_ledger_heads")
    export = LedgerHeadExport.objects.get()
    out = capsys.readouterr().out
    assert export.file_name in out
    assert export.sha256 in out


def test_a_role_other_than_the_owner_may_only_add(lines, teacher, programme):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE yanxiu_test_application")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO yanxiu_test_application")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO yanxiu_test_application")
        call_command("protect_append_only", role="yanxiu_test_application", stdout=StringIO())
        cursor.execute("SET LOCAL ROLE yanxiu_test_application")
        entry = post(teacher, programme)
        assert entry.seq == 4
        for sql in (
            "UPDATE credits_ledgerentry SET class_hours = 9",
            "DELETE FROM credits_ledgerentry",
            "TRUNCATE credits_ledgerentry",
            "UPDATE credits_ledgerhead SET seq = 1",
            "UPDATE core_auditrecord SET why = ''",
        ):
            with (
                pytest.raises(Exception, match=REFUSED),
                transaction.atomic(),
            ):
                cursor.execute(sql)
        cursor.execute("RESET ROLE")


def test_the_owner_itself_cannot_be_restricted(db):
    with pytest.raises(CommandError, match="another role"):
        call_command("protect_append_only", role=connection.settings_dict["USER"])


def test_an_unknown_role_is_refused(db):
    with pytest.raises(CommandError, match="no role"):
        call_command("protect_append_only", role="nobody_of_this_name")


class AnyHistory(TestCase):
    """Whatever is posted and taken back: the sums are those of a plain dictionary."""

    @classmethod
    def setUpTestData(cls):
        cls.programme = make_programme()

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["post", "reverse"]),
                st.sampled_from(sorted(PARTS)),
                st.integers(1, 6),
                st.integers(1, 4).map(lambda quarters: Decimal(quarters) / 4),
            ),
            max_size=12,
        )
    )
    @settings(max_examples=25, deadline=None)
    def test_sums_and_chain_hold(self, acts):
        programme, teacher = self.programme, make_teacher()
        standing, gone = {}, set()
        for verb, part, number, hours in acts:
            source = f"{part}:{number}"
            if verb == "post" and source not in standing and source not in gone:
                standing[source] = post(teacher, programme, part, hours, source=source)
            elif verb == "reverse" and source in standing:
                reverse_entry(standing.pop(source), by=None, why="x")
                gone.add(source)
        expected = {
            part: sum((e.class_hours for e in standing.values() if e.part == part), Decimal(0))
            for part in PARTS
        }
        assert hours_by_part(teacher, programme) == expected
        assert LedgerEntry.objects.filter(user=teacher).count() == len(standing) + 2 * len(gone)
        assert found() == {}
