"""Formulas, assessments and results for tests."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.enums import Role
from tests.factories import UserFactory, appoint
from tests.workshops.talk import make_thread
from workshops.domain.assessment.methods import draft_method, publish_method, save_method
from workshops.domain.assessment.rounds import confirm_assessment, start_assessment
from workshops.domain.assessment.scoring import DEFAULT, Formula, Term
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


def pass_host(workshop, by):
    """Confirmed results of a formula by which one guide is enough. Returns: the assessment."""
    method = draft_method(workshop.programme, workshop.organisation, by=by)
    terms = [Term(one.kind, Decimal(0), Decimal(0)) for one in DEFAULT.terms[1:]]
    guide = Term("guide", Decimal(100), Decimal(100))
    save_method(method, Formula((guide, *terms), DEFAULT.bands), intro="", by=by)
    publish_method(method, by=by)
    method.refresh_from_db()
    for term in workshop.hosts.all():
        make_thread(workshop, term.user, kind="guide", as_host=True)
    held = assessed(workshop, by, method)
    window_over(held)
    confirm_assessment(held, by=by)
    held.refresh_from_db()
    return held
