"""Rows that tests about hours need."""

from decimal import Decimal
from itertools import count

from django.utils import timezone

from credits.domain.ledger import post_entry
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState, Stage
from programmes.models import Enrolment
from tests.factories import UserFactory, make_branch

_sources = count(1)
PARTS = {
    "national_lessons": ("required", Decimal(4)),
    "lesson_reviews": ("required", Decimal(12)),
    "policy": ("required", Decimal(2)),
    "elective": ("elective", Decimal(18)),
}


def make_programme(code="2017"):
    return load_programme(code, make_current=True)


def make_teacher(school=None, **fields):
    return UserFactory(school=school or make_branch()[3], **fields)


def enrol(user, programme, **fields):
    fields = {"stage": Stage.PRIMARY, "subject": "math", "school": user.school} | fields
    return Enrolment.objects.create(
        user=user,
        programme=programme,
        state=EnrolmentState.APPROVED,
        approved_at=timezone.now(),
        **fields,
    )


def post(user, programme, part="policy", class_hours=1, source=None, **fields):
    return post_entry(
        user=user,
        programme=programme,
        part=part,
        category=PARTS[part][0],
        class_hours=Decimal(class_hours),
        source=source or f"test:{next(_sources)}",
        label=fields.pop("label", "网络课程"),
        **fields,
    )


def complete(user, programme, **fields):
    """Every part of the year, in one line each."""
    return [
        post(user, programme, part, hours, **fields) for part, (_category, hours) in PARTS.items()
    ]
