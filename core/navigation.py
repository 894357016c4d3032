"""Which doors the head and foot of a page show to whom.

Each app may have a ``navigation.py`` with ``ITEMS: list[NavItem]``; they are found once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse

Place = Literal["main", "tools", "me", "foot"]


def everybody(user: Any) -> bool:
    return True


def signed_in(user: Any) -> bool:
    return user.is_authenticated


def signed_out(user: Any) -> bool:
    return not user.is_authenticated


@dataclass(frozen=True)
class NavItem:
    """One door.

    ``shown`` and ``count`` are asked with the user of the request, once per page: keep them to
    what is already read (``user.current_appointments``), ``count`` to one query. ``prefix`` is
    the beginning of the paths that make the door the current one. ``place``: the line of
    doors, the tools at its end, the menu under one's name, or the foot of the page.
    ``desk`` marks a door at which an officer's day begins: the first one shown is where
    "/" leads. ``url_name`` may also be a path, for pages that live in Wagtail.
    """

    label: Any
    url_name: str
    order: int
    shown: Callable[[Any], bool] = signed_in
    prefix: str = ""
    place: Place = "main"
    count: Callable[[Any], int] | None = None
    desk: bool = False

    @cached_property
    def url(self) -> str:
        """Where the door leads; the same for everybody, so it is looked up once."""
        return self.url_name if self.url_name.startswith("/") else reverse(self.url_name)


@dataclass(frozen=True)
class Door:
    """An item as one page shows it."""

    label: Any
    url: str
    current: bool
    count: int


@cache
def all_items() -> tuple[NavItem, ...]:
    """The items of all apps in their order."""
    items: list[NavItem] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.navigation"
        if config.name != "core" and find_spec(name):
            items += getattr(import_module(name), "ITEMS", [])
    return tuple(sorted(items, key=lambda item: item.order))


def doors(request: HttpRequest, place: Place) -> list[Door]:
    """What ``place`` holds on the page of ``request``; the longest fitting prefix is current."""
    user = request.user
    shown = [item for item in all_items() if item.place == place and item.shown(user)]
    fitting = [
        item.prefix for item in shown if item.prefix and request.path.startswith(item.prefix)
    ]
    current = max(fitting, key=len, default=None)
    return [
        Door(
            label=item.label,
            url=item.url,
            current=item.prefix == current if current else item.url == request.path,
            count=item.count(user) if item.count else 0,
        )
        for item in shown
    ]


def first_desk(user: Any) -> str | None:
    """Where the user's work begins: the first desk open to the user, None for a teacher."""
    for item in all_items():
        if item.desk and item.shown(user):
            return item.url
    return None
