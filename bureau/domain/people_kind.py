"""The list of people: who they are, where they teach, what they enrol for this year."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain import people_import
from bureau.domain import people_enrolments, people_rows
from bureau.domain.kinds import Column, ColumnKind, ImportKind, register
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.enums import BatchState
from bureau.models import ImportBatch

COLUMNS = (
    Column(
        "real_name", "姓名", "Name", _("As on the ID card."), required=True, sample="示例·张晓明"
    ),
    Column(
        "id_number",
        "身份证号",
        "ID number",
        _("18 characters, as text. Required for a person who is not on record yet."),
        kind=ColumnKind.IDENTIFIER,
        sample="110101199003070257",
        width=24,
        secret=True,
    ),
    Column(
        "account",
        "账号",
        "Account",
        _("The name to sign in with. Leave it empty: the platform makes one."),
        kind=ColumnKind.IDENTIFIER,
        width=18,
    ),
    Column(
        "phone",
        "手机号",
        "Phone",
        _("For activation and signing in."),
        kind=ColumnKind.IDENTIFIER,
        sample="13800000000",
        width=18,
        secret=True,
    ),
    Column("email", "电子邮箱", "E-mail", _("For activation and deadline notes."), width=26),
    Column(
        "teacher_number",
        "教师编号",
        "Teacher number",
        _("The number in the national teacher system, when known."),
        kind=ColumnKind.IDENTIFIER,
        width=20,
    ),
    Column(
        "school_code",
        "学校标识码",
        "School code",
        _("The 10-digit code of the school or kindergarten."),
        required=True,
        kind=ColumnKind.IDENTIFIER,
        sample="3137000001",
        width=18,
    ),
    Column(
        "stage",
        "学段",
        "Stage",
        _("Stage and subject together enrol the person for this year; both empty: person only."),
        kind=ColumnKind.CHOICE,
        choices=people_rows.stage_choices,
    ),
    Column(
        "subject",
        "学科",
        "Subject",
        _("A subject of that stage."),
        kind=ColumnKind.CHOICE,
        choices=people_rows.all_subject_choices,
        width=20,
    ),
    Column(
        "person_type",
        "人员类别",
        "Person type",
        _("Empty: what is usual for the kind of school."),
        kind=ColumnKind.CHOICE,
        choices=people_rows.person_type_choices,
        width=24,
    ),
    Column(
        "certificate_number",
        "教师资格证号",
        "Certificate number",
        _("Research and training staff only: the number of the teaching certificate."),
        kind=ColumnKind.IDENTIFIER,
        width=22,
    ),
)


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``people_import`` and ``people_enrolments``."""
    load_incoming(cursor, batch, people_import.COLUMNS | people_enrolments.COLUMNS)
    people_import.match_people(cursor)
    if batch.state == BatchState.IMPORTING:
        people_import.lock_people(cursor)
    people_import.refuse_conflicts(cursor, scope=batch.organisation, today=timezone.localdate())
    if batch.programme is not None:
        people_enrolments.resolve_places(cursor, batch.programme)
        people_enrolments.refuse_conflicts(cursor, batch.programme, organisation=batch.organisation)
    people_import.note_changes(cursor)
    if batch.programme is not None:
        people_enrolments.note_changes(cursor)
    settle_outcomes(cursor)


def apply(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Write people and enrolments of the rows to add and to change."""
    people_import.add_people(cursor)
    people_import.update_people(cursor)
    if batch.programme is not None:
        people_enrolments.write_enrolments(cursor, batch)


PEOPLE = register(
    ImportKind(
        key="people",
        title=_("People and enrolments"),
        sheet_zh="人员",
        sheet_en="People",
        columns=COLUMNS,
        reasons={
            **people_rows.REASONS,
            **people_import.REASONS,
            **people_enrolments.REASONS,
        },
        clean=people_rows.people_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("A person is recognised by ID number, else teacher number, else account."),
            _("An empty cell leaves what is on record as it is."),
            _("ID numbers and phones that an export shows with asterisks stay as they are."),
            _("Uploading the same file twice changes nothing."),
        ),
    )
)
