"""The table of contents of the textbooks, one row per lesson."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from bureau.domain.cells import chosen, plain
from bureau.domain.kinds import Checked, Choice, Column, ColumnKind, ImportKind, register
from bureau.domain.people_rows import all_subject_choices, stage_choices, subject_choices
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.enums import BatchState
from bureau.models import ImportBatch
from lessons.domain import curriculum_import
from lessons.policy import TITLE_LENGTH

TITLES = ("grade", "edition", "volume", "unit", "lesson")
STATES = {"open": True, "closed": False}
REASONS = {
    "stage_unknown": _("This stage does not exist; choose one from the list."),
    "subject_unknown": _("This subject is not offered in this stage; choose one from the list."),
    "title_missing": _(
        "Grade, edition, volume, unit and lesson are all needed, of at most 120 characters each."
    ),
    "state_unknown": _("Write “in use” or “closed”, or clear the cell."),
}


def state_choices() -> list[Choice]:
    return [Choice("open", "使用中", "in use"), Choice("closed", "已停用", "closed")]


def _title(key: str, zh: str, en: str, sample: str, width: int = 16) -> Column:
    return Column(key, zh, en, _("As the textbook names it."), True, sample=sample, width=width)


COLUMNS = (
    _title("grade", "年级", "Grade", "示例·三年级"),
    _title("edition", "版本", "Edition", "部编版"),
    _title("volume", "册次", "Volume", "上册"),
    _title("unit", "单元", "Unit", "第一单元", width=30),
    _title("lesson", "课题", "Lesson", "花的学校", width=36),
    Column(
        "stage",
        "学段",
        "Stage",
        _("The stage of the year's rules."),
        required=True,
        kind=ColumnKind.CHOICE,
        choices=stage_choices,
    ),
    Column(
        "subject",
        "学科",
        "Subject",
        _("A subject of that stage."),
        required=True,
        kind=ColumnKind.CHOICE,
        choices=all_subject_choices,
        width=20,
    ),
    Column(
        "state",
        "状态",
        "State",
        _("Empty: in use. Closed: kept for the lessons that stand there, no longer chosen."),
        kind=ColumnKind.CHOICE,
        choices=state_choices,
    ),
)


def curriculum_cleaner(batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row, for the programme year of ``batch``."""
    stages, states = stage_choices(), state_choices()
    subjects = subject_choices(batch.programme)

    def clean(cells: dict[str, str]) -> Checked:
        checked = Checked()
        stage = chosen(cells.get("stage", ""), stages)
        if stage is None:
            checked.refuse("stage_unknown")
        else:
            checked.data["stage"] = stage
            _clean_subject(cells, checked, subjects.get(stage, []))
        _clean_titles(cells, checked)
        if "state" in cells:
            state = chosen(cells["state"], states)
            if state is None:
                checked.refuse("state_unknown")
            else:
                checked.data["is_open"] = STATES[state]
        return checked

    return clean


def _clean_subject(cells: dict[str, str], checked: Checked, subjects: list[Choice]) -> None:
    subject = chosen(cells.get("subject", ""), subjects)
    if subject is None:
        checked.refuse("subject_unknown")
    else:
        checked.data["subject"] = subject


def _clean_titles(cells: dict[str, str], checked: Checked) -> None:
    """Titles keep their own spelling: full-width brackets belong to them."""
    for name in TITLES:
        title = " ".join(str(cells.get(name, "")).split())
        if plain(title) and len(title) <= TITLE_LENGTH:
            checked.data[name] = title
        elif "title_missing" not in [code for code, _parameters in checked.reasons]:
            checked.refuse("title_missing")


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``curriculum_import``."""
    load_incoming(cursor, batch, curriculum_import.COLUMNS)
    curriculum_import.match_nodes(cursor)
    if batch.state == BatchState.IMPORTING:
        curriculum_import.lock_nodes(cursor)
    curriculum_import.refuse_conflicts(cursor)
    curriculum_import.note_changes(cursor)
    settle_outcomes(cursor)


def apply(cursor: CursorWrapper, _batch: ImportBatch) -> None:
    """Write what is missing of the tree; close and open again what the rows say."""
    curriculum_import.add_nodes(cursor)
    curriculum_import.update_nodes(cursor)


CURRICULUM = register(
    ImportKind(
        key="curriculum",
        title=_("Tables of contents"),
        sheet_zh="教材目录",
        sheet_en="Curriculum",
        columns=COLUMNS,
        reasons=REASONS | curriculum_import.REASONS,
        clean=curriculum_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("A lesson is recognised by its stage, subject and five titles."),
            _("A lesson that is not in the list stays; nothing is deleted by a list."),
            _("Uploading the same file twice changes nothing."),
        ),
    )
)
