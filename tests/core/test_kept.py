"""Parts of a page that stand in it twice are rendered once."""

import pytest
from django.template import Context, Template
from django.test import Client

from tests.factories import UserFactory


def test_what_is_kept_shows_wherever_it_is_named():
    page = Template(
        "{% load look %}{% keep as name %}<b>{{ who }}</b>{% endkeep %}{{ name }}, {{ name }}"
    )
    assert page.render(Context({"who": "<王>"})) == "<b>&lt;王&gt;</b>, <b>&lt;王&gt;</b>"


@pytest.mark.django_db
def test_all_forms_of_a_page_carry_one_token_that_works():
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    page = client.get("/space/").text
    parts = page.split('name="csrfmiddlewaretoken" value="')[1:]
    tokens = {part[:64] for part in parts} | {page.split('"X-CSRFToken": "')[1][:64]}
    assert len(tokens) == 1
    answer = client.post("/theme/", {"theme": "dark", "csrfmiddlewaretoken": tokens.pop()})
    assert answer.status_code == 302
