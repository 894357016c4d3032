"""Trainings and seminars for tests."""

from datetime import timedelta

from django.utils import timezone

from programmes.queries import current_programme
from tests.factories import UserFactory
from tests.programmes.factories import open_programme
from workshops.domain.gatherings.announcing import Plan, announce_seminar, announce_training


def plan(**fields):
    begins_at = fields.pop("begins_at", timezone.now() + timedelta(days=1))
    values = {
        "title": "坊主研修",
        "place": "师训楼 301",
        "begins_at": begins_at,
        "ends_at": begins_at + timedelta(hours=3),
    }
    return Plan(**(values | fields))


def training(organisation, by=None, **fields):
    programme = current_programme() or open_programme()
    return announce_training(programme, organisation, plan(**fields), by=by or UserFactory())


def seminar(workshop, by=None, **fields):
    return announce_seminar(workshop, plan(**fields), by=by or UserFactory())
