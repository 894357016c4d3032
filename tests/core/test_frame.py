"""The frame of every page: language, colours, policy, errors."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import Client

from core.views.errors import server_error
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_chinese_comes_first_whatever_the_browser_asks_for(client):
    page = client.get("/nowhere/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans" data-theme="auto">' in page.text


def test_the_language_switch_lasts_and_is_kept_with_the_person():
    user = UserFactory()
    client = sign_in(user)
    answer = client.post("/language/", {"language": "en", "next": "/nowhere/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/nowhere/?a=1")
    assert '<html lang="en"' in client.get("/nowhere/").text
    user.refresh_from_db()
    assert user.language == "en"


def test_an_unknown_language_changes_nothing(client):
    client.post("/language/", {"language": "de"})
    assert client.get("/nowhere/").headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("path", ["/language/", "/theme/"])
def test_a_switch_never_leads_to_another_site(client, path):
    answer = client.post(path, {"next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


def test_the_theme_is_in_the_page_as_it_comes(client):
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/nowhere/").text


def test_an_unknown_theme_changes_nothing(client):
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in client.get("/nowhere/").text


def test_every_page_says_that_only_this_host_may_be_asked(client):
    policy = client.get("/nowhere/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_that_is_missing_says_what_to_do_next(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert '<a class="button main" href="/">' in page.text


def test_a_form_without_its_token_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/theme/", {"theme": "dark"})
    assert page.status_code == 403
    assert page.templates[0].name == "403_csrf.html"


def test_the_frame_of_a_stranger_costs_no_query(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        page = render(request, "404.html").text
    assert 'href="/accounts/login/"' in page


def test_the_editors_pages_have_a_policy_of_their_own(client):
    policy = client.get("/cms/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy


def test_the_page_for_our_own_faults_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = server_error(rf.get("/"))
    assert page.status_code == 500
    assert '<a class="button main" href="/">' in page.text


def test_an_address_that_only_takes_forms_says_so(client):
    page = client.get("/language/", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert page.templates[0].name == "405.html"
    assert client.get("/language/", headers={"accept": "application/json"}).content == b""
