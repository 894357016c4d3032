"""Formulas, assessments and results for tests."""

from datetime import timedelta

from django.utils import timezone

from accounts.enums import Role
from tests.factories import UserFactory, appoint
from workshops.domain.assessment.methods import draft_method, publish_method
from workshops.domain.assessment.rounds import start_assessment
from workshops.models import Assessment


def officer_of(unit):
    person = UserFactory()
    appoint(person, Role.ADMINISTRATOR, unit)
    return person


def published(workshop, by):
    """The unit's formula, published as it is drafted first."""
    method = draft_method(workshop.programme, workshop.organisation, by=by)
    publish_method(method, by=by)
    method.refresh_from_db()
    return method


def assessed(workshop, by, method=None):
    """The last thirty days, shown to the hosts."""
    today = timezone.localdate()
    return start_assessment(
        method or published(workshop, by),
        starts_on=today - timedelta(days=30),
        ends_on=today,
        by=by,
    )


def window_over(assessment):
    """As if the days for corrections had passed."""
    passed = timezone.localdate() - timedelta(days=1)
    Assessment.objects.filter(pk=assessment.pk).update(corrections_until=passed)
