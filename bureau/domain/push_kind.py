"""A city's outstanding lessons for the province (R46, R47), and what its experts say of them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import policy
from bureau.domain.cells import plain
from bureau.domain.kinds import Checked, Column, ColumnKind, ImportKind, register
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.enums import BatchState
from bureau.models import ImportBatch
from courses.domain.homework import clean_text, written_characters
from lessons.domain import push_import
from lessons.domain.pool.entering import push_lessons
from programmes.domain.phases import phase_window
from programmes.enums import PhaseKey

COMMENTATOR_LENGTH = 80
REASONS = {
    "no_programme": _("No programme year is open at present."),
    "lesson_missing": _("Lesson, teacher and school code are all needed."),
    "commentator_long": _("The expert's name and office take at most 80 characters; shorten it."),
}
COLUMNS = (
    Column(
        "title",
        "课题",
        "Lesson",
        _("The lesson's title on the platform."),
        True,
        sample="示例·桂花雨",
        width=28,
    ),
    Column("teacher", "执教教师", "Teacher", _("The main teacher's name."), True, sample="顾清和"),
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
        "教师账号",
        "Teacher's account",
        _("Only where two teachers of the school have the same name."),
        kind=ColumnKind.IDENTIFIER,
        width=18,
    ),
    Column(
        "commentator",
        "点评专家",
        "Expert",
        _("Who comments on the lesson; may follow later."),
        width=18,
    ),
    Column(
        "commentary",
        "专家点评",
        "Expert's commentary",
        _("What reviewers read when the year's rules show it. A new line begins a paragraph."),
        width=60,
        characters=policy.MAX_EXCEL_CHARACTERS,
    ),
)


def push_cleaner(batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row by itself."""

    def clean(cells: dict[str, str]) -> Checked:
        checked = Checked()
        if batch.programme is None:
            checked.refuse("no_programme")
            return checked
        given = {
            "title": " ".join(str(cells.get("title", "")).split()),
            "teacher": plain(cells.get("teacher", "")),
            "school_code": plain(cells.get("school_code", "")).upper().replace(" ", ""),
        }
        if not all(given.values()):
            checked.refuse("lesson_missing")
        checked.data |= {key: value for key, value in given.items() if value}
        if account := plain(cells.get("account", "")).lower():
            checked.data["account"] = account
        _clean_words(cells, checked)
        return checked

    return clean


def _clean_words(cells: dict[str, str], checked: Checked) -> None:
    commentator = " ".join(str(cells.get("commentator", "")).split())
    if len(commentator) > COMMENTATOR_LENGTH:
        checked.refuse("commentator_long")
    elif commentator:
        checked.data["commentator"] = commentator
    commentary = clean_text(str(cells.get("commentary", "")).replace("\r\n", "\n"))
    if written_characters(commentary):
        checked.data["commentary"] = commentary


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``push_import``."""
    load_incoming(cursor, batch, push_import.COLUMNS)
    path = batch.organisation.path
    push_import.match_lessons(cursor, batch.programme_id, path)
    if batch.state == BatchState.IMPORTING:
        push_import.lock_lessons(cursor)
        push_import.match_lessons(cursor, batch.programme_id, path)  # as it is now that it is held
    push_import.refuse_conflicts(cursor, window_open=_is_open(batch))
    push_import.note_changes(cursor)
    settle_outcomes(cursor)


def _is_open(batch: ImportBatch) -> bool:
    if batch.programme is None:
        return False
    window = phase_window(batch.programme, PhaseKey.CITY_PUSH, batch.organisation)
    return window.contains(timezone.now())


def apply(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Push what is new by the verb that the city's page uses, then write the experts' words."""
    cursor.execute("SELECT lesson_id FROM incoming WHERE outcome = 'added' ORDER BY line")
    new = [lesson_id for (lesson_id,) in cursor.fetchall()]
    if new and batch.programme is not None:
        push_lessons(batch.programme, batch.organisation, new, by=batch.uploaded_by)
        push_import.note_entered(cursor, batch.programme_id)
    push_import.update_commentaries(cursor, batch.programme_id)


PUSHED_LESSONS = register(
    ImportKind(
        key="pushed_lessons",
        title=_("The city's lessons for the province"),
        sheet_zh="市级优课推送",
        sheet_en="Pushed lessons",
        columns=COLUMNS,
        reasons=REASONS | push_import.REASONS,
        clean=push_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("A lesson is recognised by its school, title and teacher in this year."),
            _(
                "Only lessons of the national curriculum that their school has chosen and whose "
                "recording plays can be pushed, and only while the window is open; an expert's "
                "commentary may be added later."
            ),
            _("Empty cells change nothing; a list never takes a lesson back."),
            _("Uploading the same file twice changes nothing."),
        ),
    )
)
