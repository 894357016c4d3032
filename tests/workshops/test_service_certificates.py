"""Service certificates: numbered in one go, frozen, checked on the one public page, revocable."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from core.domain.certificates import clean_number
from core.invariants import check_invariants
from tests.workshops.assessments import assessed, officer_of, pass_host
from tests.workshops.duty import make_shift
from tests.workshops.factories import host, make_workshop
from workshops.domain.assessment.asking import ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.domain.assessment.service import (
    issue_service_certificates,
    revoke_service_certificate,
)
from workshops.domain.assessment.service_pdf import service_pdf
from workshops.domain.rules.keeping import make_rules, switch_on, try_rules
from workshops.errors.assessment import NobodyToCertify, NotConfirmedYet
from workshops.errors.moderation import ReasonMissing, WordRefused
from workshops.models import DutyCheckIn, ServiceCertificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def officer(workshop):
    return officer_of(workshop.organisation)


@pytest.fixture
def term(workshop):
    return host(workshop)


@pytest.fixture
def certificate(workshop, officer, term):
    shift = make_shift(workshop, term.user, timezone.now() - timedelta(days=1), hours=2)
    DutyCheckIn.objects.create(shift=shift, user=term.user, at=shift.starts_at)
    issue_service_certificates(pass_host(workshop, officer), by=officer)
    return ServiceCertificate.objects.get()


def test_everything_printed_is_frozen_with_it(certificate, term, workshop):
    printed = certificate.printed
    assert (printed["name"], printed["acts"], printed["grade"]) == (
        term.user.real_name,
        1,
        "excellent",
    )
    assert (printed["shifts"], printed["duty_hours"]) == (1, "2")
    assert printed["terms"] == [["2017-01-01", None]]
    assert printed["issuer"] == workshop.organisation.name
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        ServiceCertificate.objects.update(printed={})
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        certificate.delete()


def test_numbers_have_no_gap_and_nobody_gets_a_second(workshop, officer, term):
    host(workshop)
    held = pass_host(workshop, officer)
    assert issue_service_certificates(held, by=officer) == 2
    numbers = list(ServiceCertificate.objects.order_by("pk").values_list("number", flat=True))
    year = workshop.programme.year
    assert [number[:12] for number in numbers] == [f"{year}90000001", f"{year}90000002"]
    assert [clean_number(number) for number in numbers] == numbers
    with pytest.raises(NobodyToCertify):
        issue_service_certificates(held, by=officer)


def test_only_who_passed_a_confirmed_assessment_gets_one(workshop, officer, term):
    with pytest.raises(NotConfirmedYet):
        issue_service_certificates(assessed(workshop, officer), by=officer)


def test_the_page_says_volunteer_and_nothing_of_pay(certificate, term):
    text = PdfReader(BytesIO(service_pdf(certificate))).pages[0].extract_text()
    text = "".join(text.split())
    assert all(word in text for word in (term.user.real_name, "志愿者", "优秀", "1次，2小时"))
    assert not any(word in text for word in ("报酬", "酬金", "津贴", "元"))


def test_the_public_check_finds_it_by_number_and_name(client, certificate, term):
    check = {"number": certificate.number, "name": term.user.real_name}
    answer = client.post(reverse("credits:check"), check, follow=True)
    assert answer.redirect_chain[0][0] == f"/workshops/service/check/{certificate.token}/"
    assert term.user.real_name in answer.content.decode()
    wrong = client.post(reverse("credits:check"), check | {"name": "别人"})
    assert (wrong.status_code, str(certificate.token) in wrong.content.decode()) == (200, False)


def test_a_revoked_one_says_when_and_why(client, certificate, officer):
    with pytest.raises(ReasonMissing):
        revoke_service_certificate(certificate, why=" ", by=officer)
    revoke_service_certificate(certificate, why="冒名代答", by=officer)
    certificate.refresh_from_db()
    shown = client.get(reverse("workshops:service_check", args=[certificate.token]))
    assert "冒名代答" in shown.content.decode()
    assert not certificate.is_valid


def test_the_reason_that_everybody_reads_is_judged_by_the_word_list(certificate, officer):
    typed = {"refuse": "代写", "hold": "加微信", "report": "更正"}
    rules = make_rules(typed, hosts="", links="leaving", why="试行", newest=0, by=officer)
    try_rules(rules, days=7, by=officer)
    switch_on(rules, why="试过", by=officer)
    for why in ("作业系代 写", "请加微信说明"):
        with pytest.raises(WordRefused):
            revoke_service_certificate(certificate, why=why, by=officer)
    page = reverse("workshops:service_revoke", args=[certificate.pk])
    client = Client()
    client.force_login(officer)
    answer = client.post(page, {"why": "作业系代写"})
    assert (answer.status_code, "作业系代写" in answer.content.decode()) == (422, True)
    revoke_service_certificate(certificate, why="姓名更正", by=officer)
    certificate.refresh_from_db()
    assert not certificate.is_valid


def test_an_appeal_takes_the_old_one_back_and_makes_way_for_another(certificate, workshop):
    held = certificate.result
    asked = ask_correction(held, kind="guide", asked=1, why="漏了", by=held.user)
    above = officer_of(workshop.organisation.parent)
    rule_correction(asked, granted=1, why="属实", by=above)
    assert issue_service_certificates(held.assessment, by=above) == 1
    valid = ServiceCertificate.objects.get(revoked_at=None)
    assert (valid.result.replaces, valid.printed["acts"]) == (held, 2)


def test_the_invariants_hold_and_find_a_result_that_was_changed(certificate):
    assert [one.invariant.name for one in check_invariants() if not one.kept] == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE workshops_hostresult DISABLE TRIGGER USER")
        cursor.execute("UPDATE workshops_hostresult SET total = 60")
        cursor.execute("ALTER TABLE workshops_hostresult ENABLE TRIGGER USER")
    broken = [one.invariant.name for one in check_invariants() if not one.kept]
    assert broken == ["workshops.results_come_out_again"]
