"""The list of schools and kindergartens."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.domain.cells import chosen, plain
from bureau.domain.kinds import Checked, Choice, Column, ColumnKind, ImportKind, register
from bureau.domain.people_rows import choices_of
from bureau.domain.staging import load_incoming, settle_outcomes
from bureau.enums import BatchState
from bureau.models import ImportBatch
from organisations.domain import school_import
from organisations.enums import SchoolKind

SCHOOL_CODE = re.compile(r"\d{10}")
AREA_CODE = re.compile(r"\d{6}")
REASONS = {
    "code_wrong": _("The school code must be 10 digits, as text; correct it."),
    "name_wrong": _("The name of the school must be 2 to 80 characters; correct it."),
    "kind_unknown": _("This kind of unit does not exist; choose one from the list."),
    "county_wrong": _("The county code must be the county's 6 digits; correct it."),
    "acting_wrong": _("The code of the acting county must be 6 digits; correct it or clear it."),
    "licence_wrong": _("The licence number has more than 40 characters; correct it."),
    "licence_missing": _(
        "A kindergarten takes part only with its licence number; fill it in (R26)."
    ),
}
COLUMNS = (
    Column(
        "name",
        "学校名称",
        "School name",
        _("The full official name."),
        required=True,
        sample="示例·实验小学",
        width=30,
    ),
    Column(
        "code",
        "学校标识码",
        "School code",
        _("10 digits, as text."),
        required=True,
        kind=ColumnKind.IDENTIFIER,
        sample="3137000001",
        width=18,
    ),
    Column(
        "kind",
        "类别",
        "Kind",
        _("School, kindergarten, research body or special school."),
        required=True,
        kind=ColumnKind.CHOICE,
        choices=lambda: choices_of(SchoolKind),
        width=22,
    ),
    Column(
        "county_code",
        "所属县区代码",
        "County code",
        _("The 6-digit area code of the county, or of the city for a school it runs itself."),
        required=True,
        kind=ColumnKind.IDENTIFIER,
        sample="370102",
        width=18,
    ),
    Column(
        "licence_number",
        "办园许可证号",
        "Licence number",
        _("Kindergartens only: the licence of the education department."),
        kind=ColumnKind.IDENTIFIER,
        width=24,
    ),
    Column(
        "acting_county_code",
        "代管县区代码",
        "Acting county code",
        _("For a city-run school: the unit that acts as its county."),
        kind=ColumnKind.IDENTIFIER,
        width=20,
    ),
)


def school_kind_choices() -> list[Choice]:
    return choices_of(SchoolKind)


def school_cleaner(_batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row by itself."""
    kinds = school_kind_choices()

    def clean(cells: dict[str, str]) -> Checked:
        values = {key: plain(value) for key, value in cells.items()}
        checked = Checked()
        _matching(values, checked, "code", SCHOOL_CODE, "code_wrong")
        _matching(values, checked, "county_code", AREA_CODE, "county_wrong")
        if "acting_county_code" in values:
            _matching(values, checked, "acting_county_code", AREA_CODE, "acting_wrong")
        _named(values, checked)
        kind = chosen(values.get("kind", ""), kinds)
        if kind is None:
            checked.refuse("kind_unknown")
        elif kind == SchoolKind.KINDERGARTEN and "licence_number" not in values:
            checked.refuse("licence_missing")
        checked.data["kind"] = kind
        return checked

    return clean


def _matching(values: dict, checked: Checked, key: str, shape: re.Pattern, fault: str) -> None:
    value = values.get(key, "").replace(" ", "")
    if shape.fullmatch(value):
        checked.data[key] = value
    else:
        checked.refuse(fault)


def _named(values: dict, checked: Checked) -> None:
    name, licence = values.get("name", ""), values.get("licence_number")
    if 2 <= len(name) <= 80:
        checked.data["name"] = name
    else:
        checked.refuse("name_wrong")
    if licence and len(licence) > 40:
        checked.refuse("licence_wrong")
    elif licence:
        checked.data["licence_number"] = licence


def check(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Decide what becomes of each row; see ``school_import``."""
    load_incoming(cursor, batch, school_import.COLUMNS)
    school_import.match_schools(cursor)
    if batch.state == BatchState.IMPORTING:
        school_import.lock_schools(cursor)
    school_import.refuse_conflicts(
        cursor, scope_path=batch.organisation.path, today=timezone.localdate()
    )
    school_import.note_changes(cursor)
    settle_outcomes(cursor)


def apply(cursor: CursorWrapper, _batch: ImportBatch) -> None:
    """Open the new schools, rename, move and complete the known ones."""
    school_import.add_schools(cursor, today=timezone.localdate())
    school_import.update_schools(cursor, today=timezone.localdate())


SCHOOLS = register(
    ImportKind(
        key="schools",
        title=_("Schools and kindergartens"),
        sheet_zh="学校",
        sheet_en="Schools",
        columns=COLUMNS,
        reasons=REASONS | school_import.REASONS,
        clean=school_cleaner,
        check=check,
        apply=apply,
        notes=(
            _("A school is recognised by its code."),
            _("A new name or county is kept with its date; earlier reports keep the old one."),
            _("Uploading the same file twice changes nothing."),
        ),
    )
)
