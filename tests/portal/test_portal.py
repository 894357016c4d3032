"""The public portal: made once, readable signed out, in both languages."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from accounts.enums import Role
from organisations.enums import Level
from portal.models import HelpPage, HomePage, NewsIndexPage, NewsPage
from portal.year import year_lines
from programmes.models import Phase
from tests.factories import UserFactory, appoint, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal():
    call_command("load_portal", verbosity=0)
    return HomePage.objects.get()


def english():
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_load_portal_twice_changes_nothing(portal):
    before = list(Page.objects.order_by("pk").values_list("pk", "slug", "latest_revision"))
    call_command("load_portal", verbosity=0)
    assert list(Page.objects.order_by("pk").values_list("pk", "slug", "latest_revision")) == before
    assert Site.objects.get().root_page_id == portal.pk


def test_load_portal_leaves_what_an_editor_wrote(portal):
    page = HelpPage.objects.get(slug="hours")
    page.title = "编辑改过的标题"
    page.save()
    call_command("load_portal", verbosity=0)
    page.refresh_from_db()
    assert page.title == "编辑改过的标题"


@pytest.mark.parametrize("path", ["/", "/news/", "/news/study-open/", "/help/", "/help/hours/"])
@pytest.mark.usefixtures("portal")
def test_every_portal_page_opens_without_signing_in(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("portal")
def test_an_english_reader_gets_english():
    page = english().get("/help/hours/").text
    assert "How the 36 class hours are counted" in page
    assert '<div class="prose" lang="en">' in page


@pytest.mark.usefixtures("portal")
def test_what_has_no_english_says_so_and_is_marked_as_chinese():
    index = NewsIndexPage.objects.get()
    index.add_child(
        instance=NewsPage(title="只有中文", slug="chinese", body=[("text", "<p>正文</p>")])
    )
    page = english().get("/news/chinese/").text
    assert "This text exists in Chinese only." in page
    assert '<div class="prose" lang="zh-Hans">' in page


@pytest.mark.usefixtures("portal")
def test_news_of_a_page_is_limited_and_leads_on(client):
    index = NewsIndexPage.objects.get()
    for number in range(20):
        index.add_child(instance=NewsPage(title=f"第 {number} 条", slug=f"n{number}"))
    first, second = client.get("/news/").text, client.get("/news/?page=2").text
    assert first.count("<time") == 20
    assert second.count("<time") == 3


@pytest.mark.usefixtures("portal")
def test_the_cost_of_the_news_list_does_not_grow(client):
    index = NewsIndexPage.objects.get()
    client.get("/news/")
    with CaptureQueriesContext(connection) as few:
        client.get("/news/")
    for number in range(3):
        index.add_child(instance=NewsPage(title=f"第 {number} 条", slug=f"n{number}"))
    with CaptureQueriesContext(connection) as more:
        client.get("/news/")
    assert len(more) == len(few)


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("portal")
def test_a_teacher_is_led_to_the_personal_space():
    answer = sign_in(UserFactory()).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/space/")


@pytest.mark.usefixtures("portal")
def test_an_editor_is_led_to_the_editing_desk():
    editor = UserFactory(is_staff=True)
    appoint(editor, Role.EDITOR, make_organisation(Level.PROVINCE))
    assert sign_in(editor).get("/").headers["Location"] == "/cms/"


def phase(key, opens_on, closes_on):
    return Phase(key=key, opens_on=opens_on, closes_on=closes_on)


YEAR = [
    phase("credit_registration", None, date(2017, 12, 31)),
    phase("required_study", date(2017, 6, 15), date(2017, 9, 30)),
    phase("elective_study", date(2017, 6, 15), None),
    phase("host_training", date(2017, 4, 1), date(2017, 5, 31)),
    phase("enrolment", date(2017, 3, 1), date(2017, 3, 31)),
]


@pytest.mark.parametrize(
    ("today", "now"),
    [
        (date(2017, 3, 31), "enrolment"),
        (date(2017, 9, 30), "required_study"),
        (date(2017, 10, 1), "credit_registration"),
        (date(2018, 1, 1), None),
    ],
)
def test_one_line_of_the_year_is_now(today, now):
    labels = {phase.get_key_display(): phase.key for phase in YEAR}
    lines = year_lines(YEAR, today=today)
    assert [labels[line.label] for line in lines] == [
        "enrolment",
        "required_study",
        "elective_study",
        "credit_registration",
    ]
    assert [labels[line.label] for line in lines if line.now] == ([now] if now else [])
