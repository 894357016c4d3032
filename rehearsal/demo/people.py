"""Schools, officers and teachers of the demo."""

from datetime import date

from django.utils import timezone

from accounts.domain.appointments import appoint
from accounts.domain.passwords import set_password
from accounts.domain.people import add_person
from accounts.models import User
from bureau.domain.batches import apply_batch, check_batch, request_import, upload_batch
from bureau.domain.kinds import import_kind
from bureau.domain.workbook.writing import table_workbook
from organisations.domain.tree import open_organisation
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_programme
from rehearsal.demo.cast import COUNTY, PASSWORD, SCHOOLS, STAFF, TEACHERS, SchoolPlan, StaffPlan
from rehearsal.names import people

OPENED = date(2010, 9, 1)


def open_schools() -> None:
    """The demo's schools, below the real divisions."""
    units = Organisation.objects.in_bulk(
        {plan.place for plan in SCHOOLS} | {COUNTY}, field_name="code"
    )
    for plan in SCHOOLS:
        open_organisation(
            level=Level.SCHOOL,
            name=plan.name,
            code=plan.code,
            parent=units[plan.place],
            on=OPENED,
            by=None,
            kind=plan.kind,
            licence_number=plan.licence_number,
            acting_county=units[plan.acting_county] if plan.acting_county else None,
        )


def hire_staff() -> None:
    """Everybody with a printed account, activated with the demo's password."""
    places = Organisation.objects.in_bulk(
        {plan.place for plan in (*STAFF, *TEACHERS)}, field_name="code"
    )
    for number, plan in enumerate((*STAFF, *TEACHERS)):
        _hire(number, plan, places[plan.place])


def _hire(number: int, plan: StaffPlan, place: Organisation) -> None:
    person = add_person(
        real_name=plan.real_name,
        school=place if place.level == Level.SCHOOL else None,
        by=None,
        username=plan.username,
        phone=f"1980000{number:04d}",
    )
    set_password(person, PASSWORD, by=None, verb="accounts.activated")
    if plan.role:
        appoint(person, plan.role, place, by=None, starts_on=timezone.localdate())


def import_rosters() -> None:
    """Each county hands in its teachers as a workbook, like a real one would."""
    for username, places in (("lixia", {COUNTY}), ("sheng", None)):
        officer = User.objects.get(username=username)
        held = officer.current_appointments[0].organisation
        schools = [
            plan for plan in SCHOOLS if (plan.place in places if places else plan.place != COUNTY)
        ]
        import_roster(officer, held, schools)


def import_roster(officer: User, organisation: Organisation, schools: list[SchoolPlan]) -> None:
    kind = import_kind("people")
    headers = [column.zh for column in kind.columns]
    rows = [[row.get(column.key, "") for column in kind.columns] for row in roster_rows(schools)]
    content, _count = table_workbook("人员", headers, [18] * len(headers), rows)
    batch = upload_batch(
        kind, content, file_name="教师名单.xlsx", organisation=organisation, by=officer
    )
    check_batch(batch.pk, _quiet)
    batch = request_import(batch, by=officer)
    apply_batch(batch.pk, _quiet)


def roster_rows(schools: list[SchoolPlan]):
    """What the school offices typed: one row a teacher, by the template's column keys."""
    pack = rule_pack_of(current_programme())
    stages = {"primary": "小学", "junior": "初中", "senior": "高中", "kindergarten": "幼儿园"}
    for plan in schools:
        start = 1000 * SCHOOLS.index(plan)
        listed = people(plan.teachers, COUNTY, seed=2017, start=start)
        for number, person in enumerate(listed):
            subject = pack.subject(plan.stage, plan.subjects[number % len(plan.subjects)])
            yield {
                "real_name": person.name,
                "id_number": person.id_number,
                "phone": person.phone,
                "school_code": plan.code,
                "stage": stages[plan.stage],
                "subject": subject.title_zh,
            }


def _quiet(*_progress) -> None:
    """The seed shows its own progress."""
