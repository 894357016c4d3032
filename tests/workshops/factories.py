"""Workshops, seats and hosts for tests."""

from datetime import date

from organisations.enums import Level
from organisations.models import Organisation
from programmes.queries import current_programme
from tests.factories import UserFactory, make_branch
from tests.programmes.factories import make_enrolment, open_programme
from workshops.enums.seats import Way
from workshops.models import Host, Membership, Workshop


def make_workshop(organisation=None, *, programme=None, free_seats=None, **fields):
    """A main workshop for primary-school Chinese, unless ``fields`` say otherwise."""
    programme = programme or current_programme() or open_programme()
    organisation = organisation or make_branch()[2]
    values = {"kind": "subject", "stage": "primary", "subject": "chinese"} | fields
    if values["kind"] == "topic":
        values |= {"stage": "", "subject": ""}
    workshop = Workshop.objects.create(programme=programme, organisation=organisation, **values)
    workshop.refresh_from_db()
    if free_seats is not None:
        fill(workshop, workshop.cap - free_seats)
    return workshop


def make_sub(main, number=2, **fields):
    """A sub-workshop of ``main``."""
    return make_workshop(
        main.organisation,
        programme=main.programme,
        parent=main,
        number=number,
        kind=main.kind,
        stage=main.stage,
        subject=main.subject,
        topic=main.topic,
        **fields,
    )


def make_teacher(workshop, **fields):
    """An approved teacher of the workshop's field with a school below its organisation."""
    school = fields.pop("school", None) or school_of(workshop)
    person = UserFactory(school=school)
    values = {"stage": workshop.stage or "primary", "subject": workshop.subject or "chinese"}
    make_enrolment(person, school=school, programme=workshop.programme, **(values | fields))
    return person


def school_of(workshop):
    below = Organisation.objects.subtree(workshop.organisation).filter(level=Level.SCHOOL)
    return below.order_by("pk").first()


def seat(workshop, teacher=None, number=None, **fields):
    """A seat without the walk through the door."""
    teacher = teacher or make_teacher(workshop)
    held = Membership.objects.current().filter(workshop=workshop)
    number = number or max(held.values_list("seat", flat=True), default=0) + 1
    values = {
        "workshop": workshop,
        "programme": workshop.programme,
        "field": workshop.field,
        "teacher": teacher,
        "seat": number,
        "way": Way.PLACEMENT,
    }
    return Membership.objects.create(**(values | fields))


def fill(workshop, count):
    """``count`` people without enrolments take the lowest seats."""
    people = [UserFactory.build(school=school_of(workshop)) for _ in range(count)]
    people = type(people[0]).objects.bulk_create(people) if people else []
    Membership.objects.bulk_create(
        Membership(
            workshop=workshop,
            programme=workshop.programme,
            field=workshop.field,
            teacher=person,
            seat=number,
            way=Way.PLACEMENT,
        )
        for number, person in enumerate(people, 1)
    )


def host(workshop, user=None, **fields):
    values = {"qualification": "researcher", "starts_on": date(2017, 1, 1)} | fields
    return Host.objects.create(workshop=workshop, user=user or UserFactory(), **values)
