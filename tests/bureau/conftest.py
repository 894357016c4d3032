from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import load_programme
from programmes.models import Phase, Programme
from tests.factories import UserFactory, appoint, make_organisation


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@dataclass
class County:
    """A county with two schools and its administrator, and a school of another county."""

    county: Organisation
    first: Organisation
    second: Organisation
    foreign: Organisation
    officer: User
    principal: User
    programme: Programme


@pytest.fixture
def county(db):
    programme = load_programme("2017")
    Programme.objects.filter(pk=programme.pk).update(is_current=True)
    today = timezone.localdate()
    Phase.objects.filter(programme=programme, key="enrolment").update(
        opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=5)
    )
    Phase.objects.filter(programme=programme, key="credit_registration").update(
        closes_on=today + timedelta(days=30)
    )
    city = make_organisation(Level.CITY, make_organisation(Level.PROVINCE), code="370100")
    home = make_organisation(Level.COUNTY, city, code="370102")
    away = make_organisation(Level.COUNTY, city, code="370103")
    first = make_organisation(Level.SCHOOL, home, code="3137000001")
    officer, principal = UserFactory(username="officer"), UserFactory(username="principal")
    appoint(officer, Role.ADMINISTRATOR, home)
    appoint(principal, Role.PRINCIPAL, first)
    return County(
        county=home,
        first=first,
        second=make_organisation(Level.SCHOOL, home, code="3137000002"),
        foreign=make_organisation(Level.SCHOOL, away, code="3137000003"),
        officer=officer,
        principal=principal,
        programme=Programme.objects.get(pk=programme.pk),
    )
