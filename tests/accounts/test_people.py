"""Entering, changing, moving and deactivating people; codes; what stays out of every record."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.activation import activate, issue_code, issue_codes
from accounts.domain.appointments import appoint, end_appointment
from accounts.domain.identity import id_number_digest
from accounts.domain.passwords import end_sessions, set_password
from accounts.domain.people import (
    add_person,
    change_person,
    deactivate_person,
    move_person,
    reactivate_person,
)
from accounts.enums import Role
from accounts.errors import (
    AlreadyTaken,
    CodeRefused,
    IdNumberInvalid,
    NotYourself,
    OrganisationNotOpen,
    PersonInactive,
    ReasonMissing,
    TooManyAttempts,
)
from accounts.models import ActivationCode, User
from core.models import AuditRecord
from tests.factories import UserFactory, make_branch, make_organisation

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"
PASSWORD = "Teach-2017-well"


@pytest.fixture
def school():
    return make_branch()[3]


@pytest.fixture
def officer():
    return UserFactory(username="officer")


def add(school, **fields):
    return add_person(**{"real_name": "王芳", "school": school, "by": None} | fields)


def everything_recorded():
    rows = AuditRecord.objects.values_list("from_state", "to_state", "why", "object_key")
    return " ".join(" ".join(row) for row in rows)


def test_a_person_is_entered_without_a_password(school, officer):
    user = add(
        school,
        by=officer,
        phone="+86 138 0013 8000",
        teacher_number="sd0100001",
        id_number=ID_NUMBER,
    )
    assert (user.username, user.teacher_number) == ("sd0100001", "SD0100001")
    assert (user.phone, user.school) == ("13800138000", school)
    assert user.id_number_digest == id_number_digest(ID_NUMBER)
    assert not user.has_usable_password()
    assert user.activated_at is None
    assert AuditRecord.objects.get().by == officer


def test_an_account_name_is_drawn_when_there_is_no_number(school):
    user = add(school)
    assert re.fullmatch(r"t\d{10}", user.username)
    assert (user.phone, user.teacher_number, user.id_number_digest) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "value", "same"),
    [
        ("username", "wangfang", "WangFang"),
        ("phone", "13800138000", "138 0013 8000"),
        ("teacher_number", "SD0100001", "sd0100001"),
        ("id_number", ID_NUMBER, ID_NUMBER.lower()),
    ],
)
def test_what_names_one_person_names_no_other(school, field, value, same):
    add(school, **{field: value})
    with pytest.raises(AlreadyTaken):
        add(school, **{field: same})
    assert User.objects.count() == 1


def test_a_change_is_on_record_without_numbers(school, officer):
    user = add(school, phone="13800138000", id_number=ID_NUMBER)
    changed = change_person(
        user, by=officer, real_name="王方", phone="13900139000", id_number="32031119751215361X"
    )
    assert (changed.real_name, changed.phone) == ("王方", "13900139000")
    record = AuditRecord.objects.get(verb="accounts.changed")
    assert (record.from_state, record.to_state) == ("王芳", "王方")
    assert record.why == "id_number, id_number_digest, phone, real_name"
    assert not re.search(r"\d{9}", everything_recorded())


def test_the_same_again_changes_nothing(school, officer):
    user = add(school, phone="13800138000", id_number=ID_NUMBER)
    before = User.objects.values().get(pk=user.pk)
    change_person(user, by=officer, real_name="王芳", phone="13800138000", id_number=ID_NUMBER)
    assert User.objects.values().get(pk=user.pk) == before
    assert not AuditRecord.objects.filter(verb="accounts.changed").exists()


def test_a_wrong_id_number_is_refused_and_an_empty_phone_is_none(school, officer):
    user = add(school, phone="13800138000")
    with pytest.raises(IdNumberInvalid):
        change_person(user, by=officer, id_number="110105194912310021")
    assert change_person(user, by=officer, phone="").phone is None


def test_a_move_keeps_the_person_and_asks_why(school, officer):
    user, other = add(school), make_branch()[3]
    with pytest.raises(ReasonMissing):
        move_person(user, other, by=officer, why="")
    assert move_person(user, other, by=officer, why="交流轮岗").school == other
    record = AuditRecord.objects.get(verb="accounts.moved")
    assert (record.from_state, record.to_state) == (school.name, other.name)
    other.valid_to = other.valid_from
    with pytest.raises(OrganisationNotOpen):
        move_person(user, other, by=officer, why="交流轮岗")


def test_a_deactivated_person_holds_nothing_and_cannot_come_in(school, officer):
    user = add(school)
    appoint(user, Role.MARKER, school, by=officer)
    issue_code(user, by=officer)
    deactivate_person(user, by=officer, why="退休")
    user.refresh_from_db()
    assert not user.is_active
    assert not user.appointments.current().exists()
    assert not ActivationCode.objects.filter(replaced_at=None).exists()
    with pytest.raises(PersonInactive):
        issue_code(user, by=officer)
    with pytest.raises(NotYourself):
        deactivate_person(officer, by=officer, why="退休")
    reactivate_person(user, by=officer, why="返聘")
    user.refresh_from_db()
    assert user.is_active
    assert not user.appointments.current().exists()


# Codes


def test_a_code_sets_the_first_password_once(school, officer, client):
    user = add(school, username="wangfang")
    slip = issue_code(user, by=officer)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{5} [2-9A-HJ-NP-Z]{5}", slip.code)
    typed = slip.code.lower().replace(" ", "")
    page = client.post(
        reverse("account_activate"),
        {"login": "WangFang", "code": typed, "new_password": PASSWORD, "repeat": PASSWORD},
    )
    assert page.headers["Location"] == reverse("account_login")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.activated_at is not None
    with pytest.raises(CodeRefused):
        activate("wangfang", slip.code, "Another-2017")
    assert slip.code.replace(" ", "") not in everything_recorded()
    assert slip.code not in str(ActivationCode.objects.values_list())


def test_a_new_code_replaces_the_old_one(school, officer):
    user = add(school, username="wangfang")
    first, second = issue_code(user, by=officer), issue_code(user, by=officer)
    with pytest.raises(CodeRefused):
        activate("wangfang", first.code, PASSWORD)
    assert activate("wangfang", second.code, PASSWORD) == user


def test_a_code_of_another_or_out_of_date_is_refused_alike(school, officer, time_machine):
    time_machine.move_to("2017-06-15 10:00 +08:00")
    one, other = add(school, username="wangfang"), add(school, username="lina")
    slip = issue_code(one, by=officer)
    issue_code(other, by=officer)
    said = set()
    for login, code in (("lina", slip.code), ("nobody", slip.code), ("wangfang", "22222 22222")):
        with pytest.raises(CodeRefused) as refusal:
            activate(login, code, PASSWORD)
        said.add(str(refusal.value))
    time_machine.move_to("2017-07-15 10:01 +08:00")
    with pytest.raises(CodeRefused) as refusal:
        activate("wangfang", slip.code, PASSWORD)
    assert said == {str(refusal.value)}


def test_guessing_codes_is_limited(school, officer):
    add(school, username="wangfang")
    for _ in range(8):
        with pytest.raises(CodeRefused):
            activate("wangfang", "22222 22222", PASSWORD)
    with pytest.raises(TooManyAttempts):
        activate("wangfang", "22222 22222", PASSWORD)


def test_nobody_issues_a_code_to_themselves(officer):
    with pytest.raises(NotYourself):
        issue_code(officer, by=officer)


@pytest.mark.parametrize("people", [1, 3])
def test_a_school_gets_all_its_slips_at_one_cost(
    school, officer, people, django_assert_num_queries
):
    users = [add(school) for _ in range(people)]
    with django_assert_num_queries(6):
        slips = issue_codes(users, by=officer)
    assert [slip.user for slip in slips] == users
    assert len({slip.code for slip in slips}) == people


@pytest.mark.parametrize(
    ("password", "repeat", "wrong"),
    [
        ("Short-1a", "Short-1a", "new_password"),
        ("onlysmallletters", "onlysmallletters", "new_password"),
        ("wangfang-X1", "wangfang-X1", None),
        (PASSWORD, "Teach-2017-bad", "repeat"),
    ],
)
def test_the_rule_is_told_under_the_field(client, password, repeat, wrong):
    data = {"login": "wangfang", "code": "22222 22222", "new_password": password}
    page = client.post(reverse("account_activate"), data | {"repeat": repeat})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [wrong or "__all__"]


# Sessions


@pytest.fixture
def signed_in(school):
    def session(user):
        client = Client()
        client.force_login(user)
        assert is_in(client)
        return client

    return session


def is_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


def test_sessions_end_with_every_change_of_right_or_password(signed_in, school, officer):
    user = UserFactory(school=school)

    def acts():
        yield lambda: appoint(user, Role.MARKER, school, by=officer)
        yield lambda: end_appointment(user.appointments.get(), by=officer, why="调整")
        yield lambda: set_password(user, PASSWORD, by=user, verb="accounts.password_changed")
        yield lambda: end_sessions(user, by=officer, why="设备遗失")
        yield lambda: change_person(user, by=officer, username="another-name")
        yield lambda: deactivate_person(user, by=officer, why="退休")

    for act in acts():
        user.refresh_from_db()
        client = signed_in(user)
        act()
        assert not is_in(client)


def test_a_session_survives_what_does_not_concern_it(signed_in, school, officer):
    user, other = UserFactory(school=school), UserFactory()
    client = signed_in(user)
    appoint(other, Role.MARKER, school, by=officer)
    change_person(user, by=officer, real_name="王方")
    move_person(user, make_organisation(4, school.parent), by=officer, why="交流轮岗")
    assert is_in(client)


def test_changing_the_password_keeps_this_session_and_ends_the_others(signed_in, school):
    user = UserFactory(school=school)
    user.set_password(PASSWORD)
    user.save()
    here, elsewhere = signed_in(user), signed_in(user)
    new = {"new_password": "Brand-new-2017", "repeat": "Brand-new-2017"}
    wrong = here.post(reverse("account_change_password"), {"current": "x", **new})
    assert list(wrong.context["form"].errors) == ["current"]
    answer = here.post(reverse("account_change_password"), {"current": PASSWORD, **new})
    assert answer.status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    user.refresh_from_db()
    assert user.check_password("Brand-new-2017")
