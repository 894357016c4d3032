"""Which pages a browser looks at.

Every GET row of the permission matrix is looked at by itself, as the first person it lets in.
What has no row (Wagtail's pages, sign-in, errors) or needs a second look in another state
stands in ``MORE`` of a ``tests/browser/pages_<app>.py``.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

import tests.browser
from tests.matrix.row import EVERYONE, SIGNED_IN, Row
from tests.matrix.test_matrix import ROWS
from tests.world import PERSONS, World


@dataclass(frozen=True)
class Look:
    """One page as one person sees it. ``build`` makes what it shows and returns its path."""

    name: str
    build: Callable[[World], str]
    person: str = "anonymous"
    language: str = "zh-hans"
    status: int = 200


def look_at(row: Row) -> Look:
    def build(world: World) -> str:
        return reverse(row.url_name, kwargs=row.build(world)) + row.query

    return Look(f"{row.url_name}{row.query}", build, person_for(row))


def person_for(row: Row) -> str:
    if row.allowed in (EVERYONE, SIGNED_IN):
        return "anonymous" if row.allowed == EVERYONE else "teacher_home"
    return next(person for person in PERSONS if person in row.allowed)


def all_looks() -> list[Look]:
    looks = [look_at(row) for row in ROWS if row.method == "get"]
    for module in pkgutil.iter_modules(tests.browser.__path__):
        if module.name.startswith("pages_"):
            looks += importlib.import_module(f"tests.browser.{module.name}").MORE
    return looks
