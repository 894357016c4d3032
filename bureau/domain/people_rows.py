"""A row of the people list, checked by itself: shape, check digit, subject of the stage."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.domain.identity import (
    clean_account_name,
    clean_id_number,
    clean_name,
    clean_phone,
    clean_teacher_number,
    encrypt_id_number,
    id_number_digest,
)
from bureau.domain.cells import chosen, digits_lost, plain
from bureau.domain.kinds import Checked, Choice
from bureau.models import ImportBatch
from core.errors import DomainError
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import PersonType, Stage
from programmes.models import Programme
from programmes.queries import current_programme

REASONS = {
    "name_missing": _("The name is missing; fill it in."),
    "name_wrong": _("The name must be 2 to 40 letters or characters; correct it."),
    "id_number_wrong": _(
        "The ID number is wrong (length, date of birth or check digit); correct it."
    ),
    "digits_lost": _(
        "Excel has turned the ID number into a number and lost its last digits; format the "
        "column as text and type the number again."
    ),
    "account_wrong": _(
        "The account must be 3 to 40 small letters, digits, dots or dashes and not a phone or "
        "ID number; correct it or clear the cell."
    ),
    "phone_wrong": _("The phone number is wrong; correct it or clear the cell."),
    "email_wrong": _("The e-mail address is wrong; correct it or clear the cell."),
    "teacher_number_wrong": _(
        "The teacher number must be 4 to 30 letters and digits; correct it or clear the cell."
    ),
    "school_code_wrong": _("The school code must be the school's 10-digit code; correct it."),
    "stage_unknown": _("This stage does not exist; choose one from the list."),
    "subject_unknown": _("This subject is not offered in this stage; choose one from the list."),
    "subject_alone": _("Stage and subject go together; fill in both or clear both."),
    "person_type_unknown": _("This type of person does not exist; choose one from the list."),
    "no_programme": _(
        "No programme year is open at present; clear stage and subject to enter the person only."
    ),
}
CONTACTS = (
    ("account", clean_account_name, "account_wrong"),
    ("phone", clean_phone, "phone_wrong"),
    ("teacher_number", clean_teacher_number, "teacher_number_wrong"),
)


def people_cleaner(batch: ImportBatch) -> Callable[[dict[str, str]], Checked]:
    """The check of a single row, for the programme year of ``batch``."""
    stages, types = stage_choices(), person_type_choices()
    subjects = subject_choices(batch.programme)

    def clean(cells: dict[str, str]) -> Checked:
        checked = Checked()
        _clean_name(cells, checked)
        _clean_id_number(cells.get("id_number"), checked)
        for key, cleaner, fault in CONTACTS:
            _clean_by(cleaner, key, fault, cells, checked)
        _clean_email(cells.get("email"), checked)
        _clean_school(cells.get("school_code"), checked)
        _clean_enrolment(cells, checked, stages, subjects, types, batch.programme is not None)
        return checked

    return clean


def _clean_name(cells: dict[str, str], checked: Checked) -> None:
    if "real_name" not in cells:
        checked.refuse("name_missing")
        return
    try:
        checked.data["real_name"] = clean_name(cells["real_name"])
    except DomainError:
        checked.refuse("name_wrong")


def _clean_id_number(value: str | None, checked: Checked) -> None:
    """A hidden number ("3701************12") comes from our own export and means: as is."""
    if value is None or "*" in value:
        return
    try:
        number = clean_id_number("" if digits_lost(value) else plain(value))
    except DomainError:
        checked.refuse("digits_lost" if digits_lost(value) else "id_number_wrong")
        checked.data["id_number_faulty"] = True
        return
    checked.data["id_number_digest"] = id_number_digest(number)
    checked.data["id_number_cipher"] = encrypt_id_number(number).hex()


def _clean_by(cleaner, key: str, fault: str, cells: dict[str, str], checked: Checked) -> None:
    if key not in cells:
        return
    value = plain(cells[key])
    if key == "phone" and "*" in value:
        checked.data["phone_masked"] = value
        return
    try:
        checked.data[key] = cleaner(value)
    except DomainError:
        checked.refuse(fault)


def _clean_email(value: str | None, checked: Checked) -> None:
    if value is None:
        return
    address = plain(value).lower()
    try:
        validate_email(address)
    except ValidationError:
        checked.refuse("email_wrong")
    else:
        checked.data["email"] = address


def _clean_school(value: str | None, checked: Checked) -> None:
    code = plain(value or "").upper().replace(" ", "")
    if not code.isalnum() or len(code) > 20:
        checked.refuse("school_code_wrong")
    else:
        checked.data["school_code"] = code


def _clean_enrolment(cells, checked, stages, subjects, types, has_programme) -> None:
    if "stage" not in cells and "subject" not in cells:
        return
    if "stage" not in cells or "subject" not in cells:
        checked.refuse("subject_alone")
    elif not has_programme:
        checked.refuse("no_programme")
    elif (stage := chosen(cells["stage"], stages)) is None:
        checked.refuse("stage_unknown")
    elif (subject := chosen(cells["subject"], subjects.get(stage, ()))) is None:
        checked.refuse("subject_unknown")
    else:
        checked.data |= {"stage": stage, "subject": subject}
        _clean_person_type(cells, checked, types)


def _clean_person_type(cells, checked, types) -> None:
    if "person_type" in cells:
        checked.data["person_type"] = chosen(cells["person_type"], types)
        if checked.data["person_type"] is None:
            checked.refuse("person_type_unknown")
    if "certificate_number" in cells:
        checked.data["certificate_number"] = plain(cells["certificate_number"])[:40]


def in_both_languages(text) -> tuple[str, str]:
    """A lazy text in Chinese and in English."""
    with translation.override("zh-hans"):
        zh = str(text)
    with translation.override("en"):
        return zh, str(text)


def choices_of(enum) -> list[Choice]:
    return [Choice(member.value, *in_both_languages(member.label)) for member in enum]


def stage_choices() -> list[Choice]:
    return choices_of(Stage)


def person_type_choices() -> list[Choice]:
    return choices_of(PersonType)


def subject_choices(programme: Programme | None) -> dict[str, list[Choice]]:
    """The subjects of each stage in the programme's rule pack (R23-R26)."""
    if programme is None:
        return {}
    return {
        stage: [Choice(subject.key, subject.title_zh, subject.title_en) for subject in subjects]
        for stage, subjects in rule_pack_of(programme).stage_subjects.items()
    }


def all_subject_choices() -> list[Choice]:
    """Every subject of the current year once, for the template's drop-down."""
    found: dict[tuple[str, str], Choice] = {}
    for choices in subject_choices(current_programme()).values():
        for choice in choices:
            found.setdefault((choice.zh, choice.en), choice)
    return list(found.values())
