"""A session and its person come by one statement; what that statement may open, and what not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.domain.appointments import raise_epochs
from accounts.enums import Role
from accounts.models import Appointment, Session
from accounts.sessions import SessionStore, person_of
from accounts.tasks import sweep_old_sessions
from tests.factories import UserFactory, appoint, make_branch

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def key(teacher):
    client = Client()
    client.force_login(teacher)
    return client.session.session_key


def asks(key):
    """A request of the browser that holds the session ``key``."""
    return SimpleNamespace(session=SessionStore(key))


def test_one_statement_reads_the_session_the_person_and_that_nobody_appointed_them(
    teacher, key, django_assert_num_queries
):
    with django_assert_num_queries(1):
        person = person_of(asks(key))
        assert person == teacher
        assert person.current_appointments == []
    assert person.get_session_auth_hash() == teacher.get_session_auth_hash()
    assert not person.get_deferred_fields()


def test_an_appointment_opens_and_shuts_with_the_next_request(teacher, key):
    *_above, school = make_branch()
    assert person_of(asks(key)).appointed_paths() == []
    given = appoint(teacher, Role.PRINCIPAL, school)
    assert person_of(asks(key)).appointed_paths() == [school.path]
    Appointment.objects.filter(pk=given.pk).update(ended_at=timezone.now())
    assert person_of(asks(key)).appointed_paths() == []


@pytest.mark.parametrize("begins", [-1, 0, 1])
@pytest.mark.parametrize("ends", [-1, 0, 1, None])
@pytest.mark.parametrize("ended", [False, True])
def test_the_statement_holds_what_current_holds(teacher, key, begins, ends, ended):
    today = timezone.localdate()
    if ends is not None and ends < begins:
        return
    appoint(
        teacher,
        Role.MARKER,
        make_branch()[0],
        starts_on=today + timedelta(days=begins),
        ends_on=None if ends is None else today + timedelta(days=ends),
        ended_at=timezone.now() if ended else None,
    )
    current = list(Appointment.objects.current())
    person = person_of(asks(key))
    assert ("current_appointments" not in vars(person)) == bool(current)
    assert person.current_appointments == current


def test_a_raised_epoch_or_a_new_password_ends_the_session(teacher, key):
    raise_epochs([teacher.pk])
    assert person_of(asks(key)) == AnonymousUser()
    assert not Session.objects.filter(pk=key).exists()


def test_whoever_is_no_longer_active_is_nobody(teacher, key):
    type(teacher).objects.filter(pk=teacher.pk).update(is_active=False)
    assert person_of(asks(key)) == AnonymousUser()


def test_the_signed_data_decide_and_not_the_row_beside_them(teacher, key):
    other = UserFactory(is_superuser=True)
    Session.objects.update(user=other)
    assert person_of(asks(key)) == teacher
    Session.objects.update(user=None)
    assert person_of(asks(key)) == teacher


def test_data_that_were_changed_open_nothing(key):
    Session.objects.update(session_data="tampered")
    assert person_of(asks(key)) == AnonymousUser()


def test_a_session_over_or_of_a_backend_that_is_gone_opens_nothing(key, teacher):
    store = SessionStore(key)
    store[BACKEND_SESSION_KEY] = "accounts.backends.Gone"
    store.save()
    assert person_of(asks(key)) == AnonymousUser()
    Session.objects.update(expire_date=timezone.now())
    assert dict(SessionStore(key).items()) == {}


def test_a_session_signed_with_an_earlier_key_stays(teacher, key, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-one"
    request = asks(key)
    assert person_of(request) == teacher
    assert request.session.session_key != key  # renewed under the new key


def test_the_row_knows_whose_the_session_is(teacher, key):
    assert Session.objects.get(pk=key).user == teacher
    anonymous = SessionStore()
    anonymous["seen"] = True
    anonymous.save()
    assert Session.objects.get(pk=anonymous.session_key).user is None
    assert person_of(asks(anonymous.session_key)) == AnonymousUser()


def test_sessions_that_are_over_are_swept(key):
    over = SessionStore()
    over.save()
    Session.objects.filter(pk=over.session_key).update(expire_date=timezone.now())
    sweep_old_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [key]
