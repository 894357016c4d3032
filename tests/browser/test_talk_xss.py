"""Sixty payloads in a real browser, without the content policy that would stop them as well."""

from contextvars import copy_context
from functools import partial

import pytest
from django.urls import reverse

from tests.browser.pages import Look
from tests.browser.test_pages import client_of
from tests.browser.window import ORIGIN, ask
from tests.matrix.rows_workshops import county
from tests.workshops.hostile import make_hostile
from workshops.models import PostFile, TalkRules

pytestmark = pytest.mark.browser


def without_policy(answer):
    headers = {
        name: value
        for name, value in answer["headers"].items()
        if name.lower() != "content-security-policy"
    }
    return answer | {"headers": headers}


def note(heard, dialog):
    heard.append(dialog.message)
    dialog.dismiss()


def test_no_dialog_fires_where_hostile_texts_are_shown(world, window, monkeypatch):
    monkeypatch.setattr("workshops.domain.rate.rate_limit_of", lambda user: 10_000)
    county(world)
    workshop, writer = world.things["workshop"], world.people["teacher_home"]
    thread = make_hostile(workshop, writer, world.people["marker_home"])
    post = thread.posts.get(number=5)
    place = reverse("workshops:thread", args=[thread.pk])
    own = [place, f"{place}?page=2", reverse("workshops:start", args=[workshop.pk, "question"])]
    own += [
        reverse("workshops:edit", args=[post.pk]),
        reverse("workshops:talk", args=[workshop.pk]),
    ]
    desk = [reverse("workshops:moderation", args=[workshop.pk])]
    own += [reverse("workshops:file_versions", args=[PostFile.objects.latest("version").pk])]
    for inquiry in workshop.threads.filter(kind="inquiry"):
        own += [reverse("workshops:thread", args=[inquiry.pk])]
        desk += [reverse("workshops:adopt", args=[inquiry.pk])]
    rules = reverse("workshops:rules_version", args=[TalkRules.objects.get().pk])
    office = [reverse("workshops:rules"), rules]
    looks = (("teacher_home", own), ("marker_home", desk), ("project_officer", office))
    for person, pages in looks:
        client = client_of(world, Look("hostile", lambda world: "", person))
        here = copy_context()
        window._ask = lambda request, c=client, h=here: without_policy(h.run(ask, c, request))
        page = window._at_rest()
        window._ready = {}
        heard: list[str] = []
        page.on("dialog", partial(note, heard))
        for path in pages:
            page.goto(ORIGIN + path)
            page.locator("main h1").wait_for()
            assert heard == [], path
        window.leave(page)
