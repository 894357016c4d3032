"""The national outstanding lessons of the year with the experts' commentaries (R8)."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from bureau import policy
from bureau.domain.cells import chosen, plain
from bureau.domain.kinds import Checked, Choice, Column, ColumnKind, ImportKind, Text, register
from bureau.domain.people_rows import all_subject_choices, stage_choices, subject_choices
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.enums import BatchState
from bureau.models import ImportBatch
from courses.domain.homework import clean_text, written_characters
from courses.domain.reading import reading_seconds
from lessons.domain import national_import
from videos.domain.unit_import import add_reading_units, change_reading_units

DIGEST = re.compile(r"[0-9a-f]{64}")
# Column and the most characters that the record holds.
LENGTHS = {
    "title": 120,
    "teacher_name": 40,
    "school_name": 120,
    "grade": 40,
    "edition": 60,
    "commentator": 80,
}
REASONS = {
    "no_programme": _("No programme year is open at present."),
    "stage_unknown": _("This stage does not exist; choose one from the list."),
    "subject_unknown": _("This subject is not offered in this stage; choose one from the list."),
    "title_missing": _("Lesson and teacher are both needed."),
    "too_long": _(
        "A cell is too long (at most 120 characters for lesson and school, 80 for the expert, 60 "
        "for the edition, 40 for teacher and grade); shorten it."
    ),
    "commentary_empty": _("Write the expert's commentary: it is part of what teachers study."),
}


def _text(
    key: str, zh: str, en: str, text: Text, sample: str, *, must: bool = False, width: int = 18
) -> Column:
    return Column(key, zh, en, text, required=must, sample=sample, width=width)


COLUMNS = (
    _text(
        "title", "课题", "Lesson", _("As the lesson is called."), "示例·桂花雨", must=True, width=28
    ),
    _text("teacher_name", "执教教师", "Teacher", _("Who gives the lesson."), "顾清和", must=True),
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
    _text("school_name", "学校", "School", _("Needed for a new lesson."), "示范小学", width=28),
    _text("grade", "年级", "Grade", _("As the textbook names it."), "五年级"),
    _text("edition", "版本", "Edition", _("As the textbook names it."), "部编版"),
    _text("commentator", "点评专家", "Expert", _("Needed for a new lesson."), "何知新"),
    Column(
        "commentary",
        "专家点评",
        "Expert's commentary",
        _(
            "Needed for a new lesson. A new line (Alt+Enter) begins a paragraph. Its reading time "
            "counts on the study clock."
        ),
        sample="教师把学生的疑问写在黑板上，整节课都围绕它展开。",
        width=60,
        characters=policy.MAX_EXCEL_CHARACTERS,
    ),
    Column(
        "recording",
        "录像（文件名或SHA-256）",
        "Recording (file name or SHA-256)",
        _("The file's name as it was uploaded, or its SHA-256. Empty: it follows later."),
        kind=ColumnKind.IDENTIFIER,
        sample="桂花雨.mp4",
        width=40,
        characters=200,
    ),
)


def national_cleaner(batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row, for the programme year of ``batch``."""
    stages, subjects = stage_choices(), subject_choices(batch.programme)

    def clean(cells: dict[str, str]) -> Checked:
        checked = Checked()
        if batch.programme is None:
            checked.refuse("no_programme")
            return checked
        _clean_place(cells, checked, stages, subjects)
        _clean_texts(cells, checked)
        _clean_commentary(cells.get("commentary"), checked)
        _clean_recording(cells.get("recording"), checked)
        return checked

    return clean


def _clean_place(
    cells: dict[str, str],
    checked: Checked,
    stages: list[Choice],
    subjects: dict[str, list[Choice]],
) -> None:
    stage = chosen(cells.get("stage", ""), stages)
    if stage is None:
        checked.refuse("stage_unknown")
        return
    checked.data["stage"] = stage
    subject = chosen(cells.get("subject", ""), subjects.get(stage, []))
    if subject is None:
        checked.refuse("subject_unknown")
    else:
        checked.data["subject"] = subject


def _clean_texts(cells: dict[str, str], checked: Checked) -> None:
    """Titles and names keep their own spelling: full-width brackets belong to them."""
    for key, limit in LENGTHS.items():
        text = " ".join(str(cells.get(key, "")).split())
        if plain(text) and len(text) <= limit:
            checked.data[key] = text
        elif text and "too_long" not in [code for code, _parameters in checked.reasons]:
            checked.refuse("too_long")
    if not ("title" in checked.data and "teacher_name" in checked.data) and not checked.reasons:
        checked.refuse("title_missing")


def _clean_commentary(text: str | None, checked: Checked) -> None:
    if text is None:
        return
    commentary = clean_text(str(text).replace("\r\n", "\n"))
    if not written_characters(commentary):
        checked.refuse("commentary_empty")
        return
    checked.data["commentary"] = commentary
    checked.data["reading_seconds"] = reading_seconds(commentary)


def _clean_recording(text: str | None, checked: Checked) -> None:
    if text is None:
        return
    name = " ".join(str(text).split())
    key = "recording_digest" if DIGEST.fullmatch(name.lower()) else "recording"
    checked.data[key] = name.lower() if key == "recording_digest" else name


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``national_import``."""
    load_incoming(cursor, batch, national_import.COLUMNS)
    if batch.state == BatchState.IMPORTING:
        national_import.lock_year(cursor, batch.programme_id)  # what is added by hand is found
    national_import.match_lessons(cursor, batch.programme_id)
    if batch.state == BatchState.IMPORTING:
        national_import.lock_lessons(cursor)
    national_import.match_recordings(cursor)
    national_import.refuse_conflicts(cursor)
    national_import.note_changes(cursor)
    settle_outcomes(cursor)


def apply(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Offer the new lessons behind the old, correct the known ones."""
    add_reading_units(cursor)
    change_reading_units(cursor)
    national_import.add_lessons(cursor, batch.programme_id, batch.uploaded_by_id)
    national_import.update_lessons(cursor)


NATIONAL_LESSONS = register(
    ImportKind(
        key="national_lessons",
        title=_("National lessons"),
        sheet_zh="国家级优课",
        sheet_en="National lessons",
        columns=COLUMNS,
        reasons=REASONS | national_import.REASONS,
        clean=national_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("A lesson is recognised by its stage, subject, title and teacher."),
            _(
                "Upload the recordings first. A recording is found by its file name, which must "
                "be there only once, or by its SHA-256, which every copy of the same file has and "
                "no other file."
            ),
            _("New lessons come behind those that are there, in the order of the list."),
            _("Empty cells change nothing; a lesson that is not in the list stays as it is."),
            _("Uploading the same file twice changes nothing."),
        ),
    )
)
