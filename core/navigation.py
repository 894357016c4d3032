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
from django.utils.translation import gettext_lazy as _

Place = Literal["main", "tools", "me", "foot"]


def everybody(user: Any) -> bool:
    return True


def signed_in(user: Any) -> bool:
    return user.is_authenticated


def signed_out(user: Any) -> bool:
    return not user.is_authenticated


@dataclass(frozen=True)
class NavGroup:
    """Doors of one subject behind one word of the line; ``order`` among the other doors."""

    label: Any
    order: int


GROUPS = {
    "courses": NavGroup(_("Courses"), 20),
    "lessons": NavGroup(_("Lessons"), 24),
    "workshops": NavGroup(_("Workshops"), 28),
    "credits": NavGroup(_("Credits"), 44),
    "people": NavGroup(_("People"), 70),
    "tables": NavGroup(_("Data"), 80),
}


@dataclass(frozen=True)
class NavItem:
    """One door.

    ``shown`` and ``count`` are asked with the user of the request, once per page: keep them to
    what is already read (``user.current_appointments``), ``count`` to one query. ``prefix`` is
    the beginning of the paths that make the door the current one. ``place``: the line of
    doors, the tools at its end, the menu under one's name, or the foot of the page. ``group``
    (a key of ``GROUPS``) gathers the doors of one subject of the line, in their order.
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
    group: str = ""

    @cached_property
    def url(self) -> str:
        """Where the door leads; the same for everybody, so it is looked up once."""
        return self.url_name if self.url_name.startswith("/") else reverse(self.url_name)

    def reach(self, path: str) -> int:
        """How much of ``path`` the door accounts for: all its prefix, or its very address.

        Returns: characters; 0 when the page is not behind this door.
        """
        reached = self.prefix or (self.url if path == self.url else "")
        return len(reached) if path.startswith(reached) else 0


@dataclass(frozen=True)
class Door:
    """An item as one page shows it; with ``doors``, the word that stands for a group of them."""

    label: Any
    url: str
    current: bool
    count: int
    doors: tuple["Door", ...] = ()


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
    """What ``place`` holds on the page of ``request``."""
    user = request.user
    shown = [item for item in all_items() if item.place == place and item.shown(user)]
    nearest = _nearest(request)
    opened = [
        Door(
            label=item.label,
            url=item.url,
            current=nearest > 0 and item.reach(request.path) == nearest,
            count=item.count(user) if item.count else 0,
        )
        for item in shown
    ]
    return _grouped(shown, opened)


def _nearest(request: HttpRequest) -> int:
    """How far into the path the nearest door reaches, wherever on the page it stands.

    A door of the foot thus keeps one of the line, whose pages its own lie below, from
    passing for the place where the reader is.
    """
    path = request.path
    reaching = [(item.reach(path), item) for item in all_items() if item.reach(path)]
    return max((reach for reach, item in reaching if item.shown(request.user)), default=0)


def _grouped(items: list[NavItem], opened: list[Door]) -> list[Door]:
    """The doors with those of one group behind its word; a single one keeps its own."""
    line: list[tuple[int, Door]] = []
    groups: dict[str, list[Door]] = {}
    for item, door in zip(items, opened, strict=True):
        if item.group:
            groups.setdefault(item.group, []).append(door)
        else:
            line.append((item.order, door))
    line += [(GROUPS[key].order, _behind_one_word(key, held)) for key, held in groups.items()]
    return [door for _order, door in sorted(line, key=lambda numbered: numbered[0])]


def _behind_one_word(key: str, held: list[Door]) -> Door:
    if len(held) == 1:
        return held[0]
    return Door(
        label=GROUPS[key].label,
        url="",
        current=any(door.current for door in held),
        count=sum(door.count for door in held),
        doors=tuple(held),
    )


def first_desk(user: Any) -> str | None:
    """Where the user's work begins: the first desk open to the user, None for a teacher."""
    for item in all_items():
        if item.desk and item.shown(user):
            return item.url
    return None
