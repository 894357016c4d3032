"""Whether a stage, subject, body and person type fit together (R23-R27).

The rule stands twice, for one person in Python and for a staged set in SQL. A test walks
every combination and fails where the two differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.person_types import RULES
from programmes.domain.rulepack import RulePack

FAULTS: dict[str, Promise] = {
    "not_a_school": _("People enrol at a school, kindergarten or research body; choose one."),
    "person_type": _("The person type is not known; choose one of the list."),
    "kind": _("This person type does not belong to this kind of school; choose another type."),
    "stage": _("This person type cannot enrol for this stage; choose another stage."),
    "subject": _("This year has no such subject at this stage; choose one of the list."),
    "licence": _("The kindergarten has no licence number; enter it with the kindergarten first."),
    "certificate": _("Research and training staff need the number of a teaching certificate."),
}


class PlaceRefused(DomainError):
    """A combination that the year does not know; ``code`` is a key of ``FAULTS``."""

    def __init__(self, code: str):
        super().__init__(FAULTS[code])
        self.code = code


@dataclass(frozen=True)
class Place:
    """What an enrolment says about a person's work."""

    stage: str
    subject: str
    school: Organisation
    person_type: str
    certificate_number: str = ""


def place_fault(pack: RulePack, place: Place) -> str:
    """The first key of ``FAULTS`` that applies, or "" when the place is right."""
    rules = RULES.get(place.person_type)
    if place.school.level != Level.SCHOOL:
        return "not_a_school"
    if rules is None:
        return "person_type"
    checks = {
        "kind": place.school.kind in rules.kinds,
        "stage": place.stage in rules.stages,
        "subject": pack.subject(place.stage, place.subject) is not None,
        "licence": not rules.needs_licence or place.school.licence_number != "",
        "certificate": not rules.needs_certificate or place.certificate_number != "",
    }
    return next((code for code, fits in checks.items() if not fits), "")


def require_place(pack: RulePack, place: Place) -> None:
    """Raises: PlaceRefused with the first sentence that applies."""
    if fault := place_fault(pack, place):
        raise PlaceRefused(fault)


def place_fault_sql(staged: str, school: str, field: str) -> str:
    """A SQL expression that yields the same key for a row of ``staged``.

    ``staged`` has stage, subject, person_type and certificate_number; ``school`` is its
    organisation's alias; ``field`` an outer-joined alias of the year's stage x subject pairs.
    The arguments are names written in the code, never input.
    """
    kinds = _branches(staged, lambda rules: f"{school}.kind IN {_quoted(rules.kinds)}")
    stages = _branches(staged, lambda rules: f"{staged}.stage IN {_quoted(rules.stages)}")
    licensed = _quoted([key for key, rules in RULES.items() if rules.needs_licence])
    certified = _quoted([key for key, rules in RULES.items() if rules.needs_certificate])
    return f"""CASE
        WHEN {school}.level <> {Level.SCHOOL.value} THEN 'not_a_school'
        WHEN {staged}.person_type NOT IN {_quoted(RULES)} THEN 'person_type'
        WHEN NOT ({kinds}) THEN 'kind'
        WHEN NOT ({stages}) THEN 'stage'
        WHEN {field}.subject IS NULL THEN 'subject'
        WHEN {staged}.person_type IN {licensed} AND {school}.licence_number = '' THEN 'licence'
        WHEN {staged}.person_type IN {certified} AND {staged}.certificate_number = ''
            THEN 'certificate'
        ELSE '' END"""


def _branches(staged, condition) -> str:
    return " OR ".join(
        f"({staged}.person_type = '{key!s}' AND {condition(rules)})" for key, rules in RULES.items()
    )


def _quoted(values) -> str:
    return "(" + ", ".join(f"'{value!s}'" for value in values) + ")"
