"""The editors' door, the province's identity provider, and addresses that do not exist."""

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.adapters import IdentityProviderAdapter
from accounts.domain.appointments import end_appointment
from accounts.domain.identity_provider import person_of_claims
from accounts.enums import Role
from accounts.models import User
from tests.factories import UserFactory, appoint
from tests.world import make_world

pytestmark = pytest.mark.django_db
CLAIMS = {"teacher_number_claim": "teacher_number", "account_claim": "preferred_username"}


def opened(user):
    client = Client()
    client.force_login(user)
    return client.get("/cms/").status_code


def test_only_current_editors_enter_the_wagtail_admin():
    world = make_world()
    statuses = {name: opened(user) for name, user in world.people.items()}
    assert {name for name, status in statuses.items() if status == 200} == {"editor"}
    assert set(statuses.values()) == {200, 403}


def test_the_door_shuts_with_the_appointment_though_the_group_remembers():
    world = make_world()
    editor = world.people["editor"]
    assert opened(editor) == 200
    assert editor.has_perm("wagtailadmin.access_admin")
    end_appointment(
        editor.appointments.get(), by=world.people["province_administrator"], why="调离"
    )
    editor = User.objects.get(pk=editor.pk)
    assert editor.groups.exists()
    assert not editor.has_perm("wagtailadmin.access_admin")
    assert opened(editor) == 403
    assert not editor.groups.exists()


def test_an_editor_may_write_pages_but_not_keep_users():
    world = make_world()
    client = Client()
    client.force_login(world.people["editor"])
    assert client.get("/cms/pages/1/").status_code == 200
    assert client.get("/cms/images/").status_code == 200
    refused = client.get("/cms/users/")
    assert (refused.status_code, refused.headers["Location"]) == (302, "/cms/")


def test_the_admin_has_no_sign_in_of_its_own(client):
    assert client.get("/cms/").headers["Location"] == "/accounts/login/?next=/cms/"
    assert client.get("/cms/login/?next=/cms/pages/").headers["Location"] == (
        "/accounts/login/?next=/cms/pages/"
    )
    assert client.post("/cms/login/", {"username": "a", "password": "b"}).status_code == 302


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup", "account_login_by_code"]
)
def test_what_is_not_used_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# The identity provider


@pytest.fixture
def teacher():
    return UserFactory(username="wangfang", teacher_number="SD0100001")


def test_the_teacher_number_decides_before_the_account_name(teacher):
    other = UserFactory(username="lina")
    assert person_of_claims({"teacher_number": " sd0100001 "}, **CLAIMS) == teacher
    assert person_of_claims({"userinfo": {"preferred_username": "LiNa"}}, **CLAIMS) == other
    both = {"teacher_number": "SD0100001", "preferred_username": "lina"}
    assert person_of_claims(both, **CLAIMS) == teacher
    unknown = {"teacher_number": "SD9999999", "preferred_username": "lina"}
    assert person_of_claims(unknown, **CLAIMS) is None
    assert person_of_claims({"email": "a@b.example"}, **CLAIMS) is None


def test_somebody_deactivated_is_not_recognised(teacher):
    teacher.is_active = False
    teacher.save()
    assert person_of_claims({"teacher_number": "SD0100001"}, **CLAIMS) is None


@pytest.fixture
def _provider(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "province",
                    "name": "统一身份认证",
                    "client_id": "yanxiu",
                    "secret": "test-only",
                    "settings": {"server_url": "https://id.example"},
                }
            ]
        }
    }


def arrive(rf, claims):
    request = rf.get("/")
    SessionMiddleware(lambda request: None).process_request(request)
    MessageMiddleware(lambda request: None).process_request(request)
    account = SocialAccount(provider="province", uid="42", extra_data=claims)
    login = SocialLogin(user=User(), account=account)
    IdentityProviderAdapter().pre_social_login(request, login)
    return login


@pytest.mark.usefixtures("_provider")
def test_the_provider_recognises_and_never_adds(rf, teacher):
    login = arrive(rf, {"teacher_number": "SD0100001"})
    assert login.user == teacher
    assert SocialAccount.objects.get().user == teacher
    with pytest.raises(ImmediateHttpResponse) as refused:
        arrive(rf, {"teacher_number": "SD9999999"})
    assert refused.value.response.headers["Location"] == reverse("account_login")
    assert User.objects.count() == 1
    assert not IdentityProviderAdapter().is_open_for_signup(None, None)


def test_an_appointment_can_be_given_and_the_role_named():
    world = make_world()
    assert str(appoint(UserFactory(real_name="王芳"), Role.MARKER, world.home_school)).startswith(
        "王芳 · "
    )


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/programmes/enrolment/?a=1", "/programmes/enrolment/%3Fa%3D1"),
        ("https://elsewhere.example/x/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_signed_out_leads_back_to_its_own_page(client, page, back):
    answer = client.post("/programmes/enrolment/confirm/", headers={"referer": page})
    assert answer.headers["Location"] == f"/accounts/login/?next={back}"
    assert "登录已过期" in client.get("/accounts/login/").text
