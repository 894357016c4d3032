from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import transaction

from accounts.enums import Role
from core.models import AuditRecord
from notifications.models import Notification
from programmes.domain.enrolments import (
    approve_enrolments,
    confirm_enrolment,
    correct_enrolment,
    enter_enrolment,
    move_enrolment,
    opt_into_contests,
    return_enrolment,
    withdraw_enrolment,
)
from programmes.domain.phases import PhaseClosed, extend_phase
from programmes.domain.places import PlaceRefused
from programmes.domain.rulepacks import load_programme
from programmes.enums import NEXT_STATES, EnrolmentState
from programmes.errors import (
    AlreadyEnrolled,
    MoveRefused,
    NothingToCorrect,
    NotYourEnrolment,
    ReasonMissing,
)
from programmes.models import Enrolment
from programmes.signals import enrolment_changed
from tests.factories import UserFactory, appoint, make_branch
from tests.programmes.factories import make_enrolment, make_kindergarten, open_programme
from tests.threads import outcome_of_rival

pytestmark = pytest.mark.django_db
CHINESE = {"stage": "primary", "subject": "chinese"}


@pytest.fixture
def school():
    return make_branch()[3]


@pytest.fixture
def principal(school):
    user = UserFactory(school=school)
    appoint(user, Role.PRINCIPAL, school)
    return user


@pytest.fixture
def news():
    heard = []

    def hear(sender, **kwargs):
        heard.append((kwargs["what"], kwargs["user_ids"]))

    enrolment_changed.connect(hear, weak=False)
    yield heard
    enrolment_changed.disconnect(hear)


def test_the_way_from_the_school_to_the_county(school, principal, news):
    programme, teacher = open_programme(), UserFactory(school=school)
    entered = enter_enrolment(teacher, programme, school=school, by=principal, **CHINESE)
    assert entered.state == EnrolmentState.ENTERED
    confirmed = confirm_enrolment(entered, by=teacher)
    assert confirmed.state == EnrolmentState.CONFIRMED
    assert approve_enrolments(Enrolment.objects.all(), by=principal) == 1
    entered.refresh_from_db()
    assert entered.state == EnrolmentState.APPROVED
    assert entered.approved_at is not None
    assert news == [("entered", [teacher.pk]), ("moved", [teacher.pk]), ("moved", [teacher.pk])]
    assert list(
        AuditRecord.objects.filter(object_label="programmes.enrolment")
        .order_by("pk")
        .values_list("verb", "by", "from_state", "to_state")
    ) == [
        ("enter_enrolment", principal.pk, "", "entered"),
        ("move_enrolment", teacher.pk, "entered", "confirmed"),
        ("move_enrolment", principal.pk, "confirmed", "approved"),
    ]
    assert list(Notification.objects.order_by("pk").values_list("kind", flat=True)) == [
        "programmes.enrolment_entered",
        "programmes.enrolment_approved",
    ]


def test_entering_again_changes_nothing_but_other_values_are_refused(school, principal):
    programme, teacher = open_programme(), UserFactory(school=school)
    first = enter_enrolment(teacher, programme, school=school, by=principal, **CHINESE)
    again = enter_enrolment(teacher, programme, school=school, by=principal, **CHINESE)
    assert again.pk == first.pk
    assert AuditRecord.objects.filter(verb="enter_enrolment").count() == 1
    with pytest.raises(AlreadyEnrolled):
        enter_enrolment(
            teacher, programme, school=school, by=principal, stage="primary", subject="music"
        )


@pytest.mark.parametrize("state", [EnrolmentState.RETURNED, EnrolmentState.WITHDRAWN])
def test_who_was_returned_or_withdrew_is_entered_again(school, principal, state):
    old = make_enrolment(school=school, state=state)
    new = enter_enrolment(
        old.user, old.programme, school=school, by=principal, stage="primary", subject="music"
    )
    assert (new.pk, new.state, new.subject) == (old.pk, EnrolmentState.ENTERED, "music")
    assert new.return_reason == ""


def test_entering_keeps_to_the_window_and_its_extension(school, principal, time_machine):
    programme = load_programme("2017")
    teacher = UserFactory(school=school)
    time_machine.move_to("2017-04-01T00:00:00+08:00", tick=False)
    with pytest.raises(PhaseClosed):
        enter_enrolment(teacher, programme, school=school, by=principal, **CHINESE)
    phase = programme.phases.get(key="enrolment")
    extend_phase(phase, school.parent, date(2017, 4, 2), by=principal, reason="snow")
    assert enter_enrolment(teacher, programme, school=school, by=principal, **CHINESE).pk
    time_machine.move_to("2017-04-03T00:00:00+08:00", tick=False)
    with pytest.raises(PhaseClosed):
        enter_enrolment(UserFactory(), programme, school=school, by=principal, **CHINESE)


def test_entering_refuses_a_place_that_the_year_does_not_know(school, principal):
    programme = open_programme()
    with pytest.raises(PlaceRefused):
        enter_enrolment(
            UserFactory(),
            programme,
            school=school,
            by=principal,
            stage="primary",
            subject="physics",
        )
    garden = make_kindergarten(school.parent)
    staff = {"stage": "kindergarten", "subject": "preschool", "person_type": "kindergarten_staff"}
    assert enter_enrolment(UserFactory(), programme, school=garden, by=principal, **staff).pk


def test_only_the_person_confirms(school, principal):
    enrolment = make_enrolment(school=school, state=EnrolmentState.ENTERED)
    with pytest.raises(NotYourEnrolment):
        confirm_enrolment(enrolment, by=principal)
    assert confirm_enrolment(enrolment, by=enrolment.user).state == EnrolmentState.CONFIRMED
    assert confirm_enrolment(enrolment, by=enrolment.user).state == EnrolmentState.CONFIRMED
    assert AuditRecord.objects.filter(to_state="confirmed").count() == 1


def test_the_person_returns_with_a_reason_and_cannot_confirm_then(school):
    enrolment = make_enrolment(school=school, state=EnrolmentState.ENTERED)
    with pytest.raises(ReasonMissing):
        return_enrolment(enrolment, by=enrolment.user, reason="  ")
    returned = return_enrolment(enrolment, by=enrolment.user, reason="I teach music")
    assert (returned.state, returned.return_reason) == (EnrolmentState.RETURNED, "I teach music")
    assert not Notification.objects.exists()
    with pytest.raises(MoveRefused):
        confirm_enrolment(enrolment, by=enrolment.user)


def test_the_county_returns_and_the_person_reads_why(school, principal):
    enrolment = make_enrolment(school=school, state=EnrolmentState.CONFIRMED)
    return_enrolment(enrolment, by=principal, reason="wrong stage")
    assert Notification.objects.get().parameters["reason"] == "wrong stage"
    with pytest.raises(MoveRefused):
        return_enrolment(make_enrolment(school=school), by=principal, reason="too late")


def test_a_correction_keeps_an_approval_and_asks_again(school, principal, news):
    enrolment = make_enrolment(school=school)
    corrected = correct_enrolment(enrolment, by=principal, reason="typo", subject="music")
    assert (corrected.state, corrected.subject) == (EnrolmentState.APPROVED, "music")
    assert corrected.approved_at == enrolment.approved_at
    assert corrected.confirmed_at is None
    assert news == [("corrected", [enrolment.user_id])]
    record = AuditRecord.objects.get(verb="correct_enrolment")
    assert record.from_state == f"primary chinese {school.code} teacher"
    assert record.to_state == f"primary music {school.code} teacher"
    assert confirm_enrolment(enrolment, by=enrolment.user).state == EnrolmentState.APPROVED
    enrolment.refresh_from_db()
    assert enrolment.confirmed_at is not None


def test_a_correction_needs_a_change_that_fits_and_a_reason(school, principal):
    enrolment = make_enrolment(school=school)
    with pytest.raises(NothingToCorrect):
        correct_enrolment(enrolment, by=principal, reason="typo", subject="chinese")
    with pytest.raises(PlaceRefused):
        correct_enrolment(enrolment, by=principal, reason="typo", subject="physics")
    with pytest.raises(ReasonMissing):
        correct_enrolment(enrolment, by=principal, reason="", subject="music")
    gone = make_enrolment(school=school, state=EnrolmentState.WITHDRAWN)
    with pytest.raises(MoveRefused):
        correct_enrolment(gone, by=principal, reason="typo", subject="music")


@pytest.mark.parametrize("state", [EnrolmentState.CONFIRMED, EnrolmentState.RETURNED])
def test_a_correction_before_approval_asks_the_person_again(school, principal, state):
    enrolment = make_enrolment(school=school, state=state)
    corrected = correct_enrolment(enrolment, by=principal, reason="typo", subject="music")
    corrected.refresh_from_db()
    assert (corrected.state, corrected.subject) == (EnrolmentState.ENTERED, "music")
    assert corrected.confirmed_at is None


def test_withdrawing_is_told_and_final_until_entered_again(school, principal):
    enrolment = make_enrolment(school=school)
    withdrawn = withdraw_enrolment(enrolment, by=principal, reason="retired")
    assert withdrawn.state == EnrolmentState.WITHDRAWN
    assert Notification.objects.get().kind == "programmes.enrolment_withdrawn"
    with pytest.raises(MoveRefused):
        withdraw_enrolment(enrolment, by=principal, reason="again")


def test_only_special_teachers_are_opted_in(school, principal):
    special = make_enrolment(school=school, person_type="special_education")
    assert opt_into_contests(special, True, by=principal).contest_opt_in is True
    with pytest.raises(MoveRefused):
        opt_into_contests(make_enrolment(school=school), True, by=principal)


@pytest.mark.parametrize("before", EnrolmentState)
@pytest.mark.parametrize("after", EnrolmentState)
def test_states_move_only_along_the_table(school, before, after):
    enrolment = make_enrolment(school=school, state=before)
    if after in (EnrolmentState.CONFIRMED, EnrolmentState.RETURNED):
        enrolment.confirmed_at = enrolment.entered_at
        enrolment.return_reason = "why"
        enrolment.save()
    if after in NEXT_STATES[before]:
        assert move_enrolment(enrolment, after, by=None).state == after
    else:
        with pytest.raises(MoveRefused):
            move_enrolment(enrolment, after, by=None)


def in_own_connection(act):
    def run(*args, **kwargs):
        from django.db import connection  # noqa: PLC0415 - the thread's own

        try:
            return act(*args, **kwargs)
        finally:
            connection.close()

    return run


@pytest.mark.django_db(transaction=True)
def test_a_return_waits_for_an_approval_and_is_then_refused():
    enrolment = make_enrolment(state=EnrolmentState.CONFIRMED)
    rival = in_own_connection(return_enrolment)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert approve_enrolments(Enrolment.objects.all(), by=None) == 1
            outcome = pool.submit(rival, enrolment, by=UserFactory(), reason="late")
            with pytest.raises(TimeoutError):
                outcome.result(timeout=0.3)
        with pytest.raises(MoveRefused):
            outcome.result(timeout=10)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.APPROVED


@pytest.mark.django_db(transaction=True)
def test_an_approval_waits_for_a_return_and_then_passes_it_over():
    enrolment = make_enrolment(state=EnrolmentState.CONFIRMED)
    approved = outcome_of_rival(
        lambda: return_enrolment(enrolment, by=UserFactory(), reason="wrong subject"),
        lambda: approve_enrolments(Enrolment.objects.all(), by=None),
    )
    enrolment.refresh_from_db()
    assert (approved, enrolment.state) == (0, EnrolmentState.RETURNED)
