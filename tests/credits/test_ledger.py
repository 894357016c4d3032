from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from core.models import AuditRecord
from credits.domain.ledger import next_source, post_entries, post_entry, reverse_entry
from credits.errors import (
    AlreadyReversed,
    LedgerConflict,
    PartUnknown,
    ReasonMissing,
    ReversalNotReversible,
)
from credits.models import LedgerEntry, LedgerHead
from credits.queries import hours_by_part
from tests.credits.factories import make_teacher, post
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REFUSED = "pgtrigger|written by the ledger only"
NO_HASH = "0" * 64


def chain_of(user):
    lines = LedgerEntry.objects.filter(user=user).order_by("seq")
    return list(lines.values_list("seq", "previous_hash", "hash"))


def test_a_posted_line_says_what_was_earned(teacher, programme):
    entry = post(teacher, programme, "policy", "1.5", source="courses.course:7", label="师德")
    kept = LedgerEntry.objects.get()
    assert kept == entry
    assert (kept.part, kept.category, kept.class_hours) == ("policy", "required", Decimal("1.5"))
    assert (kept.source, kept.label, kept.reverses) == ("courses.course:7", "师德", None)


def test_posting_again_returns_the_first_line_and_moves_nothing(teacher, programme):
    first = post(teacher, programme, class_hours=2, source="s:1")
    assert post(teacher, programme, class_hours=2, source="s:1", label="another") == first
    assert LedgerEntry.objects.count() == 1
    assert LedgerHead.objects.get(user=teacher).seq == 1


def test_posting_again_with_other_hours_is_refused(teacher, programme):
    post(teacher, programme, class_hours=1, source="s:1")
    with pytest.raises(LedgerConflict):
        post(teacher, programme, class_hours=2, source="s:1")
    assert LedgerEntry.objects.get().class_hours == 1


def test_posting_again_for_another_part_is_refused(teacher, programme):
    post(teacher, programme, "policy", 1, source="s:1")
    with pytest.raises(LedgerConflict):
        post(teacher, programme, "national_lessons", 1, source="s:1")


def test_a_part_that_the_rule_pack_lacks_is_refused(teacher, programme):
    line = {"user": teacher, "programme": programme, "class_hours": 1, "source": "s", "label": "x"}
    for part, category in [("singing", "required"), ("policy", "elective")]:
        with pytest.raises(PartUnknown):
            post_entry(**line, part=part, category=category)


@pytest.mark.parametrize("class_hours", ["0", "-1"])
def test_hours_must_be_positive(teacher, programme, class_hours):
    with pytest.raises(IntegrityError), transaction.atomic():
        post(teacher, programme, class_hours=class_hours)


def test_lines_of_one_person_are_chained(teacher, programme):
    for _turn in range(3):
        post(teacher, programme)
    chain = chain_of(teacher)
    assert [seq for seq, _previous, _hash in chain] == [1, 2, 3]
    assert [previous for _seq, previous, _hash in chain] == [NO_HASH, chain[0][2], chain[1][2]]
    head = LedgerHead.objects.get(user=teacher)
    assert (head.seq, head.hash) == (3, chain[2][2])


def test_chains_of_two_people_do_not_touch(programme):
    for user in (make_teacher(), make_teacher()):
        post(user, programme)
        assert chain_of(user)[0][:2] == (1, NO_HASH)


def test_a_writer_cannot_supply_the_chain(teacher, programme):
    LedgerEntry.objects.create(
        user=teacher,
        programme=programme,
        part="policy",
        category="required",
        class_hours=1,
        source="s",
        label="x",
        seq=9,
        previous_hash="f" * 64,
        hash="e" * 64,
        posted_at="2001-01-01T00:00:00Z",
    )
    kept = LedgerEntry.objects.get()
    assert (kept.seq, kept.previous_hash) == (1, NO_HASH)
    assert kept.hash != "e" * 64
    assert kept.posted_at.year > 2001


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE credits_ledgerentry SET class_hours = 9",
        "DELETE FROM credits_ledgerentry",
        "TRUNCATE credits_ledgerentry CASCADE",
        "UPDATE credits_ledgerhead SET seq = 7",
        "DELETE FROM credits_ledgerhead",
        "INSERT INTO credits_ledgerhead SELECT id, 1, 'x' FROM accounts_user",
    ],
)
def test_nothing_in_the_ledger_can_be_changed(teacher, programme, sql):
    post(teacher, programme)
    UserFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE trips over them
        with (
            pytest.raises(DatabaseError, match=REFUSED),
            transaction.atomic(),
        ):
            cursor.execute(sql)
    assert LedgerEntry.objects.get().class_hours == 1


def test_a_reversal_is_a_second_line_of_the_opposite_sign(teacher, programme):
    entry = post(teacher, programme, class_hours=2)
    officer = UserFactory()
    reversal = reverse_entry(entry, by=officer, why="代看")
    assert (reversal.reverses, reversal.class_hours, reversal.seq) == (entry, -2, 2)
    assert hours_by_part(teacher, programme)["policy"] == 0
    record = AuditRecord.objects.get(verb="credits.reverse_entry")
    assert (record.by, record.object_key, record.why) == (officer, str(entry.pk), "代看")


def test_a_reversal_needs_a_reason(teacher, programme):
    with pytest.raises(ReasonMissing):
        reverse_entry(post(teacher, programme), by=None, why=" ")


def test_a_line_is_reversed_once(teacher, programme):
    entry = post(teacher, programme)
    reverse_entry(entry, by=None, why="代看")
    with pytest.raises(AlreadyReversed):
        reverse_entry(entry, by=None, why="代看")
    assert hours_by_part(teacher, programme)["policy"] == 0


def test_a_reversal_cannot_be_reversed(teacher, programme):
    reversal = reverse_entry(post(teacher, programme), by=None, why="代看")
    with pytest.raises(ReversalNotReversible):
        reverse_entry(reversal, by=None, why="代看")


def test_posting_after_a_reversal_gives_nothing_without_a_new_source(teacher, programme):
    entry = post(teacher, programme, source="s:1")
    assert next_source(teacher, programme, "s:1") == "s:1"
    reverse_entry(entry, by=None, why="代看")
    assert post(teacher, programme, source="s:1") == entry
    assert hours_by_part(teacher, programme)["policy"] == 0
    again = next_source(teacher, programme, "s:1")
    assert again == "s:1#2"
    post(teacher, programme, source=again)
    assert hours_by_part(teacher, programme)["policy"] == 1


@pytest.mark.parametrize(
    "changed", [{"class_hours": -1}, {"part": "national_lessons"}, {"user": "another"}]
)
def test_the_database_refuses_an_inexact_reversal(teacher, programme, changed):
    entry = post(teacher, programme, class_hours=2)
    line = {"user": teacher, "part": "policy", "class_hours": -2} | changed
    if line["user"] == "another":
        line["user"] = make_teacher()
    with pytest.raises(IntegrityError, match="exact opposite"), transaction.atomic():
        LedgerEntry.objects.create(
            **line, programme=programme, category="required", source="r", label="x", reverses=entry
        )


BULK = """
    SELECT %(programme)s::bigint AS programme_id, id AS user_id, 'policy' AS part,
           'required' AS category, 1.0 AS class_hours, source, 'x' AS label, now() AS earned_at
    FROM accounts_user, unnest(%(sources)s::text[]) AS source WHERE id = ANY(%(users)s)
"""


def bulk(programme, users, sources, **fields):
    params = {"programme": programme.pk, "users": [user.pk for user in users], "sources": sources}
    return post_entries(BULK, params, **fields)


@pytest.mark.parametrize("people", [1, 3])
def test_many_people_are_credited_in_one_statement(programme, people, django_assert_num_queries):
    users = [make_teacher() for _turn in range(people)]
    with django_assert_num_queries(8):  # one posts, three propose whoever is complete, savepoints
        assert bulk(programme, users, ["s:1", "s:2"]) == 2 * people
    for user in users:
        assert [seq for seq, _previous, _hash in chain_of(user)] == [1, 2]
        assert hours_by_part(user, programme)["policy"] == 2


def test_a_bulk_post_leaves_what_stands_and_skips_doubles(teacher, programme):
    post(teacher, programme, source="s:1")
    assert bulk(programme, [teacher], ["s:1", "s:2", "s:2"]) == 1
    chain = chain_of(teacher)
    assert [seq for seq, _previous, _hash in chain] == [1, 2]
    assert LedgerHead.objects.get().hash == chain[1][2]
    assert bulk(programme, [teacher], ["s:1", "s:2"]) == 0
    assert LedgerHead.objects.get().seq == 2


def test_a_bulk_post_can_say_when_the_hours_were_earned(teacher, programme):
    moment = timezone.now().replace(year=2017)
    bulk(programme, [teacher], ["s:1"], earned_at=moment)
    assert LedgerEntry.objects.get().earned_at == moment
