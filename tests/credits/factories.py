"""Rows that tests about hours need."""

from datetime import date
from decimal import Decimal
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import Role
from credits.domain.awards import propose_award
from credits.domain.ledger import post_entry
from credits.domain.registrations import confirm_registrations, register_credits
from credits.models import Registration
from programmes.domain.rulepacks import load_programme
from programmes.enums import EnrolmentState, Stage
from programmes.models import Enrolment
from tests.factories import UserFactory, appoint, make_branch

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


PDF = b"%PDF-1.7\n%%EOF\n"


def pdf_file(name="证明.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def make_officer(organisation, role=Role.PROJECT_OFFICER):
    officer = UserFactory()
    appoint(officer, role, organisation)
    return officer


def propose(user, programme, by, **fields):
    """A manual award of two policy hours that waits for a second person."""
    given = {
        "part": "policy",
        "class_hours": Decimal(2),
        "earned_on": date(2017, 9, 1),
        "subject": "县级法治培训",
        "reason": "线下培训，平台没有记录",
        "files": [pdf_file()],
    } | fields
    return propose_award(user=user, programme=programme, by=by, **given)


def registered(user, programme, confirmer, registrar):
    """A registration that went all the way, with its certificate."""
    complete(user, programme)
    mine = Registration.objects.filter(user=user)
    confirm_registrations(mine, by=confirmer)
    register_credits(mine, by=registrar)
    return mine.get()
