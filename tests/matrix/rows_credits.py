from datetime import date
from decimal import Decimal

from django.utils import timezone

from credits.domain.awards import propose_award
from credits.domain.disputes import answer_dispute, raise_dispute
from credits.domain.ledger import post_entry
from credits.domain.registrations import (
    confirm_registrations,
    register_credits,
    return_registration,
)
from credits.enums import DisputeOutcome
from credits.models import Registration
from programmes.domain.rulepacks import load_programme
from tests.credits.factories import complete, enrol, pdf_file
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only

PROVINCE = ("project_officer", "province_administrator")
COUNTY = ("county_administrator_home", "city_administrator_home", *PROVINCE)
READERS = only("principal_home", "auditor_home", *COUNTY)
DESKS = READERS | only(
    "principal_away", "auditor_away", "county_administrator_away", "city_administrator_away"
)
OFFICES = DESKS - only("principal_home", "principal_away", "auditor_home", "auditor_away")
NOT_AUDITORS = DESKS - only("auditor_home", "auditor_away")
OWNER = only("teacher_home")
OF_A_SCHOOL = only("teacher_home", "teacher_away", "principal_home", "principal_away")


def programme(world):
    if "credits_programme" not in world.things:
        world.things["credits_programme"] = load_programme(
            "2017", shift_to=timezone.localdate(), make_current=True
        )
    return world.things["credits_programme"]


def teacher(world):
    user = world.people["teacher_home"]
    if not user.enrolments.exists():
        enrol(user, programme(world))
    return user


def person(world):
    return {"pk": teacher(world).pk}


def entry(world):
    line = post_entry(
        user=teacher(world),
        programme=programme(world),
        part="policy",
        category="required",
        class_hours=Decimal(1),
        source="matrix:1",
        label="x",
    )
    return {"pk": line.pk}


def dispute(world):
    return raise_dispute(
        user=teacher(world), programme=programme(world), part="policy", subject="x", text="y"
    )


def open_dispute(world):
    return {"pk": dispute(world).pk}


def overdue_dispute(world):
    row = dispute(world)
    type(row).objects.filter(pk=row.pk).update(due_on=date(2017, 1, 1))
    return {"pk": row.pk}


def answered_dispute(world):
    row = dispute(world)
    officer = world.people["county_administrator_home"]
    return {"pk": answer_dispute(row, by=officer, outcome=DisputeOutcome.REFUSED, text="z").pk}


def award(world):
    programme(world)
    return propose_award(
        user=teacher(world),
        programme=programme(world),
        part="policy",
        class_hours=Decimal(1),
        earned_on=timezone.localdate(),
        subject="x",
        reason="y",
        files=[pdf_file()],
        by=world.people["principal_home"],
    )


def award_key(world):
    return {"pk": award(world).pk}


def evidence_key(world):
    return {"pk": award(world).evidence.get().pk}


def proposed(world):
    complete(teacher(world), programme(world))
    return Registration.objects.get(user=teacher(world))


def confirmed(world):
    row = proposed(world)
    confirm_registrations(Registration.objects.filter(pk=row.pk), by=world.people["principal_home"])
    return row


def registered(world):
    row = confirmed(world)
    register_credits(
        Registration.objects.filter(pk=row.pk), by=world.people["county_administrator_home"]
    )
    return Registration.objects.get(pk=row.pk)


def returned(world):
    return return_registration(proposed(world), by=None, why="x")


def key_of(build):
    return lambda world: {"pk": build(world).pk}


def certificate(world):
    return {"pk": registered(world).certificate.pk}


def token(world):
    return {"token": registered(world).certificate.token}


def nothing(world):
    programme(world)
    return {}


def why(world):
    return {"why": "x"}


ROWS = [
    Row("credits:mine", SIGNED_IN, nothing),
    Row("credits:person", READERS | OWNER, person),
    Row("credits:reverse", only(*COUNTY), entry),
    Row("credits:reverse", only(*COUNTY), entry, method="post", data=why),
    Row("credits:disputes", DESKS, nothing),
    Row("credits:dispute_new", OF_A_SCHOOL, nothing),
    Row("credits:dispute", READERS | OWNER, open_dispute),
    Row(
        "credits:dispute_answer",
        only(*COUNTY),
        open_dispute,
        method="post",
        data=lambda world: {"outcome": "refused", "text": "z"},
    ),
    Row("credits:dispute_up", OWNER, overdue_dispute, method="post", data=why),
    Row("credits:dispute_accept", OWNER, answered_dispute, method="post"),
    Row("credits:dispute_withdraw", OWNER, open_dispute, method="post"),
    Row("credits:awards", DESKS, nothing),
    Row("credits:award_new", NOT_AUDITORS, nothing),
    Row("credits:award", READERS | OWNER, award_key),
    Row("credits:award_approve", only(*COUNTY), award_key, method="post"),
    Row("credits:award_refuse", only(*COUNTY), award_key, method="post", data=why),
    Row("credits:award_withdraw", only("principal_home"), award_key, method="post"),
    Row("credits:evidence", READERS | OWNER, evidence_key),
    Row("credits:registrations", DESKS, nothing),
    Row("credits:confirm", NOT_AUDITORS, nothing, method="post"),
    Row("credits:register", OFFICES, nothing, method="post"),
    Row("credits:registration", READERS | OWNER, key_of(proposed)),
    Row(
        "credits:registration_return",
        only("principal_home", *COUNTY),
        key_of(proposed),
        method="post",
        data=why,
    ),
    Row(
        "credits:registration_propose",
        only("principal_home", *COUNTY),
        key_of(returned),
        method="post",
    ),
    Row("credits:registration_revoke", only(*COUNTY), key_of(registered), method="post", data=why),
    Row("credits:certificate", READERS | OWNER, certificate),
    Row("credits:check", EVERYONE),
    Row("credits:check_token", EVERYONE, token),
]
