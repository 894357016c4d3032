"""People whom an office seats in its workshops, one by one (R30)."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from bureau.domain.cells import chosen, plain
from bureau.domain.kinds import Checked, Choice, Column, ColumnKind, ImportKind, register
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.models import ImportBatch
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import current_programme
from workshops.domain import seat_import

REASONS = {
    "no_programme": _("No programme year is open at present."),
    "person_missing": _("Name and school code are both needed."),
    "topic_unknown": _("This topic does not exist in this year; choose one from the list."),
}


def topic_choices(programme: Programme | None) -> list[Choice]:
    """The topics of the year's rule pack."""
    if programme is None:
        return []
    return [Choice(one.key, one.title_zh, one.title_en) for one in rule_pack_of(programme).topics]


COLUMNS = (
    Column("name", "姓名", "Name", _("As on the platform."), True, sample="示例·林晓"),
    Column(
        "school_code",
        "学校标识码",
        "School code",
        _("The 10-digit code of the school."),
        True,
        kind=ColumnKind.IDENTIFIER,
        sample="3137000001",
        width=18,
    ),
    Column(
        "account",
        "账号",
        "Account",
        _("Only where two people of the school have the same name."),
        kind=ColumnKind.IDENTIFIER,
        width=18,
    ),
    Column(
        "topic",
        "专题",
        "Topic",
        _("Empty: the workshop of the subject that the person teaches."),
        kind=ColumnKind.CHOICE,
        choices=lambda: topic_choices(current_programme()),
        width=28,
    ),
)


def seats_cleaner(batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row by itself."""
    topics = topic_choices(batch.programme)

    def clean(cells: dict[str, str]) -> Checked:
        checked = Checked()
        if batch.programme is None:
            checked.refuse("no_programme")
            return checked
        given = {
            "name": plain(cells.get("name", "")),
            "school_code": plain(cells.get("school_code", "")).upper().replace(" ", ""),
        }
        if not all(given.values()):
            checked.refuse("person_missing")
        checked.data |= {key: value for key, value in given.items() if value}
        if account := plain(cells.get("account", "")).lower():
            checked.data["account"] = account
        if plain(cells.get("topic", "")):
            if topic := chosen(cells["topic"], topics):
                checked.data["topic"] = topic
            else:
                checked.refuse("topic_unknown")
        return checked

    return clean


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``seat_import``."""
    load_incoming(cursor, batch, seat_import.COLUMNS)
    if batch.programme is not None:
        seat_import.match_people(cursor, batch.programme, batch.organisation)
        seat_import.refuse_conflicts(cursor, batch.programme)
    settle_outcomes(cursor)


def apply(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Seat who is to be added, each by the verb that every other way uses."""
    seat_import.seat_rows(cursor, by=batch.uploaded_by)


SEATS = register(
    ImportKind(
        key="seats",
        title=_("Seats in the unit's workshops"),
        sheet_zh="工作坊坊员",
        sheet_en="Seats",
        columns=COLUMNS,
        reasons=REASONS | seat_import.REASONS,
        clean=seats_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("People sit in the workshops of the unit for which you upload the list."),
            _("When a workshop is full they sit in its emptiest sub-workshop; the next is opened."),
            _("Uploading the same file twice changes nothing; nobody loses a seat by a list."),
            _("For whole rosters place the teachers instead: schools then stay together."),
        ),
    )
)
