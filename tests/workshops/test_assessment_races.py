"""Two at once: the assessment's row decides who comes first."""

import pytest

from tests.threads import outcome_of_rival
from tests.workshops.assessments import assessed, officer_of, pass_host, window_over
from tests.workshops.factories import host, make_workshop
from tests.workshops.talk import make_thread
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.domain.assessment.corrections import rule_correction
from workshops.domain.assessment.rounds import confirm_assessment
from workshops.domain.assessment.service import issue_service_certificates
from workshops.errors.assessment import AskedAlready, AssessmentConfirmed, NobodyToCertify
from workshops.errors.moderation import NothingToRule
from workshops.models import Adjustment, Correction, ServiceCertificate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    workshop = make_workshop()
    host(workshop)
    return workshop, officer_of(workshop.organisation)


def test_of_two_rulings_on_one_request_the_second_is_told(scene):
    workshop, officer = scene
    result = assessed(workshop, officer).results.get()
    asked = ask_correction(result, kind="topic", asked=2, why="漏了", by=result.user)
    other = officer_of(workshop.organisation)

    with pytest.raises(NothingToRule):
        outcome_of_rival(
            lambda: rule_correction(asked, granted=2, why="属实", by=officer),
            lambda: rule_correction(asked, granted=0, why="无据", by=other),
        )
    assert Adjustment.objects.get().change == 2


def test_of_two_requests_about_one_act_the_second_is_told(scene):
    workshop, officer = scene
    result = assessed(workshop, officer).results.get()
    act = make_thread(workshop, result.user, as_host=True).posts.get()
    named = {"act_kind": "topic", "act_key": act.pk, "fault": "not_mine", "why": "代发"}

    with pytest.raises(AskedAlready):
        outcome_of_rival(
            lambda: ask_about_act(result, **named, by=result.user),
            lambda: ask_about_act(result, **named, by=result.user),
        )
    assert Correction.objects.count() == 1


def test_results_are_confirmed_once(scene):
    workshop, officer = scene
    held = assessed(workshop, officer)
    window_over(held)

    with pytest.raises(AssessmentConfirmed):
        outcome_of_rival(
            lambda: confirm_assessment(held, by=officer),
            lambda: confirm_assessment(held, by=officer),
        )


def test_certificates_are_issued_once(scene):
    workshop, officer = scene
    held = pass_host(workshop, officer)

    with pytest.raises(NobodyToCertify):
        outcome_of_rival(
            lambda: issue_service_certificates(held, by=officer),
            lambda: issue_service_certificates(held, by=officer),
        )
    assert ServiceCertificate.objects.count() == 1
