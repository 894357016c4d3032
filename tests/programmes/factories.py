"""Programmes and enrolments for tests of this app and of those above it."""

from django.utils import timezone

from organisations.enums import Level
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState, PersonType
from programmes.models import Enrolment
from programmes.queries import current_programme
from tests.factories import UserFactory, make_branch, make_organisation


def open_programme(code="2017"):
    """A current programme in which everything can be done today."""
    return load_programme(code, shift_to=timezone.localdate(), make_current=True)


def make_enrolment(user=None, *, school=None, programme=None, **fields):
    """An approved primary-school Chinese teacher, unless ``fields`` say otherwise."""
    programme = programme or current_programme() or open_programme()
    user = user or UserFactory(school=school)
    school = school or user.school or make_branch()[3]
    values = {
        "stage": "primary",
        "subject": "chinese",
        "person_type": PersonType.TEACHER,
        "state": EnrolmentState.APPROVED,
    } | fields
    now = timezone.now()
    if values["state"] in (EnrolmentState.CONFIRMED, EnrolmentState.APPROVED):
        values.setdefault("confirmed_at", now)
    if values["state"] == EnrolmentState.APPROVED:
        values.setdefault("approved_at", now)
    if values["state"] == EnrolmentState.RETURNED:
        values.setdefault("return_reason", "wrong subject")
    return Enrolment.objects.create(user=user, programme=programme, school=school, **values)


def make_kindergarten(county, licence_number="教民137010060000018"):
    return make_organisation(
        Level.SCHOOL, county, kind="kindergarten", licence_number=licence_number
    )
