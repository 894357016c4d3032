"""What can be exported: columns, and the statement that yields the rows.

Rows come by a server-side cursor in the order of the list and go straight into the workbook;
nothing is held. Phones and ID numbers leave the platform masked only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domain.identity import mask_id_number, mask_phone
from accounts.models import User
from bureau import policy
from bureau.domain.people_kind import COLUMNS as PEOPLE_COLUMNS
from bureau.domain.people_rows import person_type_choices, stage_choices, subject_choices
from bureau.models import ExportFile
from credits.queries import completion_sql
from organisations.models import Organisation
from organisations.queries import reach, reach_sql, reach_values
from programmes.domain.rulepacks import rule_pack_of
from programmes.enums import EnrolmentState
from programmes.models import Enrolment, Programme

Report = Callable[[int, int, str], None]
BATCH = 2_000


def for_every_exporter(_user: User, _organisation: Organisation) -> bool:
    """Whoever exports for the organisation takes the list out."""
    return True


@dataclass(frozen=True)
class ExportKind:
    """A list that officers take out to Excel.

    ``allows`` narrows who takes it out, below the right to export for the organisation at all.
    """

    key: str
    title: str | Promise
    help: str | Promise
    headers: Callable[[ExportFile], list[str]]
    widths: list[int]
    rows: Callable[[ExportFile, Report], Iterator[list[Any]]]
    allows: Callable[[User, Organisation], bool] = for_every_exporter


def _counted(rows: Iterator[list[Any]], total: int, report: Report) -> Iterator[list[Any]]:
    for done, row in enumerate(rows, start=1):
        if done % policy.PROGRESS_EVERY == 0:
            report(done, max(total, done), "writing the result")
        yield row


def labels(programme: Programme | None) -> dict[str, dict]:
    """Words for the keys of stage, subject and person type, in the export's language."""
    return {
        "stage": {choice.key: choice.label for choice in stage_choices()},
        "person_type": {choice.key: choice.label for choice in person_type_choices()},
        "subject": {
            (stage, choice.key): choice.label
            for stage, choices in subject_choices(programme).items()
            for choice in choices
        },
    }


def people_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """The columns of the people import, so that the file can come back and changes nothing."""
    people: QuerySet[User] = (
        User.objects.visible_to(export.requested_by)
        .filter(reach(export.organisation, "school"), is_active=True)
        .select_related("school")
        .order_by("school__code", "pk")
    )
    words = labels(export.programme)
    places = {}
    if export.programme is not None:
        enrolments = Enrolment.objects.filter(
            reach(export.organisation, "school"), programme=export.programme
        ).exclude(state=EnrolmentState.WITHDRAWN)
        fields = ("stage", "subject", "person_type", "certificate_number")
        places = {user_id: place for user_id, *place in enrolments.values_list("user_id", *fields)}
    return _counted(
        (
            [
                person.real_name,
                mask_id_number(person),
                person.username,
                mask_phone(person.phone),
                person.email or "",
                person.teacher_number or "",
                person.school.code,
                *_place(places.get(person.pk), words),
            ]
            for person in people.iterator(chunk_size=BATCH)
        ),
        people.count(),
        report,
    )


def _place(place: list[str] | None, words: dict[str, dict]) -> list[str]:
    if place is None:
        return ["", "", "", ""]
    stage, subject, person_type, certificate = place
    return [
        words["stage"].get(stage, stage),
        words["subject"].get((stage, subject), subject),
        words["person_type"].get(person_type, person_type),
        certificate,
    ]


COMPLETION_ROWS = """
    SELECT person.real_name, person.username, school.code, school.name, e.stage, e.subject,
           e.state, hours.hours, hours.required, hours.elective, hours.counted, hours.complete
    FROM ({completion}) hours
    JOIN programmes_enrolment e ON e.id = hours.enrolment_id
    JOIN accounts_user person ON person.id = e.user_id
    JOIN organisations_organisation school ON school.id = e.school_id
    ORDER BY school.code, person.id"""


def completion_headers(export: ExportFile) -> list[str]:
    parts = rule_pack_of(export.programme).parts if export.programme else ()
    return [
        _("Name"),
        _("Account"),
        _("School code"),
        _("School"),
        _("Stage"),
        _("Subject"),
        _("State"),
        *(f"{part.title} / {part.class_hours.normalize():f}" for part in parts),
        _("Required hours"),
        _("Elective hours"),
        _("Hours that count"),
        _("Complete"),
    ]


def completion_rows(export: ExportFile, report: Report) -> Iterator[list[Any]]:
    """One line per enrolment with the ledger's hours per part. Units: class hours."""
    if export.programme is None:
        return
    sql, values = completion_sql(
        export.programme,
        f"enrolment.state <> 'withdrawn' AND {reach_sql('school')}",
        reach_values(export.organisation),
    )
    words = labels(export.programme)
    states = {key: str(label) for key, label in EnrolmentState.choices}
    keys = [part.key for part in rule_pack_of(export.programme).parts]
    yes, no = _("complete"), _("missing")
    total = Enrolment.objects.filter(
        reach(export.organisation, "school"), programme=export.programme
    ).count()
    with connection.chunked_cursor() as cursor:
        cursor.execute(COMPLETION_ROWS.format(completion=sql), values)
        done = 0
        while rows := cursor.fetchmany(BATCH):
            for name, account, code, school, stage, subject, state, parts, *sums, complete in rows:
                hours = json.loads(parts)
                yield [
                    name,
                    account,
                    code,
                    school,
                    words["stage"].get(stage, stage),
                    words["subject"].get((stage, subject), subject),
                    states[state],
                    *(float(hours[key]) for key in keys),
                    *map(float, sums),
                    yes if complete else no,
                ]
            done += len(rows)
            report(done, max(total, done), "writing the result")


PEOPLE = ExportKind(
    key="people",
    title=gettext_lazy("People"),
    help=gettext_lazy(
        "The columns of the import, ID numbers and phones masked: change what you need and "
        "upload it again."
    ),
    headers=lambda export: [column.header for column in PEOPLE_COLUMNS],
    widths=[column.width for column in PEOPLE_COLUMNS],
    rows=people_rows,
)
COMPLETION = ExportKind(
    key="completion",
    title=gettext_lazy("Enrolment and completion"),
    help=gettext_lazy("Everybody on a list with class hours per part, and what is missing."),
    headers=completion_headers,
    widths=[14, 16, 14, 28, 12, 16, 22] + [18] * 8,
    rows=completion_rows,
)
EXPORT_KINDS = {kind.key: kind for kind in (PEOPLE, COMPLETION)}


def register_export(kind: ExportKind) -> ExportKind:
    """Add a list; its module is imported when the app is ready."""
    EXPORT_KINDS[kind.key] = kind
    return kind


def export_kind(key: str) -> ExportKind:
    """Raises: KeyError for a kind that no code declares."""
    return EXPORT_KINDS[key]
