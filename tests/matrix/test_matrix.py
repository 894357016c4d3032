"""Every address of the site, asked by every role in its own and in a foreign subtree."""

import importlib
import pkgutil
from dataclasses import replace
from functools import partial

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.matrix
from config import urls
from tests.matrix.row import EVERYONE, SIGNED_IN
from tests.world import PERSONS, make_world

BACKEND = "django.contrib.auth.backends.ModelBackend"


def all_rows():
    """The rows of every tests/matrix/rows_<app>.py."""
    rows = []
    for module in pkgutil.iter_modules(tests.matrix.__path__):
        if module.name.startswith("rows_"):
            rows += importlib.import_module(f"tests.matrix.{module.name}").ROWS
    return rows


ROWS = all_rows()


def project_url_names(patterns=None, prefix=""):
    """Names of all addresses that this project itself declares, with their namespace."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from project_url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and is_ours(pattern):
            yield f"{prefix}{pattern.name}"


def is_ours(pattern):
    view = getattr(pattern.callback, "view_class", pattern.callback)
    package = view.__module__.split(".")[0]
    return package not in {"wagtail", "allauth", "django", "pgtrigger"}


def test_every_address_has_a_row():
    named = {row.url_name for row in ROWS}
    assert sorted(set(project_url_names()) - named) == []


@pytest.fixture(scope="module", autouse=True)
def short_refusals():
    """Most answers are refusals; how their pages look is seen in ``tests.browser``."""
    with pytest.MonkeyPatch.context() as patch:
        for status in (403, 404):
            answer = partial(short_answer, status)
            patch.setattr(urls, f"handler{status}", answer, raising=False)
        yield


def short_answer(status, request, exception):
    return HttpResponse(status=status)


@pytest.fixture(scope="module")
def signed_in(django_db_setup, django_db_blocker):
    """The world and a signed-in browser for everybody, made once; rows undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        yield world, {person: browser_of(world, person) for person in PERSONS}
        transaction.set_rollback(True)


def browser_of(world, person):
    client = Client(raise_request_exception=False)
    if person != "anonymous":
        client.force_login(world.people[person], backend=BACKEND)
    return client


@pytest.fixture
def world(signed_in):
    """The shared world with things of the row's own."""
    with transaction.atomic():
        yield replace(signed_in[0], things={})
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.url_name}{row.query}")
def test_only_those_allowed_get_in(row, world, signed_in):
    path = reverse(row.url_name, kwargs=row.build(world)) + row.query
    wrong = {}
    for person in sorted(PERSONS, key=lambda person: may(person, row)):  # refusals first
        status, location = ask(signed_in[1][person], world, row, path)
        if not as_expected(person, row, status, location):
            wrong[person] = f"{status} {location}"
    assert wrong == {}


def may(person, row):
    if row.allowed == EVERYONE:
        return True
    if row.allowed == SIGNED_IN:
        return person != "anonymous"
    return person in row.allowed


def ask(client, world, row, path):
    """One request that leaves nothing behind: the next person finds the same world."""
    data = row.data(world) if row.data else {}
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, row.method)(path, data, headers=row.headers)
        close(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code, response.headers.get("Location", "")


def close(response):
    """Let go of a streamed file, but not of the database: the world stands in its transaction."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def as_expected(person, row, status, location):
    to_sign_in = status == 302 and "/accounts/login/" in location
    if may(person, row):
        return status < 400 and not to_sign_in
    if person == "anonymous":
        return to_sign_in or status in (401, 403, 404, 405)
    return status in (403, 404)
