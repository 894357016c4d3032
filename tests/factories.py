"""Real rows for tests. Each app's own factories stand in tests/<app>/factories.py."""

from datetime import date
from itertools import count

import factory
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Appointment, User
from organisations.enums import Level, SchoolKind
from organisations.models import Organisation, OrganisationPeriod

_codes = count(1)


def make_organisation(level, parent=None, **fields):
    """An organisation with its path and its open period, as the domain would write it."""
    code = fields.pop("code", f"T{next(_codes):08d}")
    name = fields.pop("name", f"{Level(level).label} {code}")
    if level == Level.SCHOOL:
        fields.setdefault("kind", SchoolKind.SCHOOL)
    organisation = Organisation.objects.create(
        level=level, parent=parent, code=code, name=name, path=code, **fields
    )
    organisation.path = f"{parent.path if parent else ''}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    OrganisationPeriod.objects.create(
        organisation=organisation,
        name=name,
        parent=parent,
        path=organisation.path,
        valid_from=organisation.valid_from,
    )
    return organisation


def make_branch():
    """A province with one city, county and school below it; returns all four."""
    province = make_organisation(Level.PROVINCE)
    city = make_organisation(Level.CITY, province)
    county = make_organisation(Level.COUNTY, city)
    return province, city, county, make_organisation(Level.SCHOOL, county)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    real_name = factory.Sequence(lambda n: f"教师{n}")
    activated_at = factory.LazyFunction(timezone.now)


def appoint(user, role: Role, organisation, **fields):
    fields.setdefault("starts_on", date(2017, 1, 1))
    return Appointment.objects.create(user=user, role=role, organisation=organisation, **fields)
