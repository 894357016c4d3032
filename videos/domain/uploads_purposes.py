"""What files may be sent for. Every app lists its own in ``<app>/uploads.py`` as ``PURPOSES``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from accounts.models import User
from videos.errors import UploadNotAllowed


@dataclass(frozen=True)
class UploadRules:
    """What one file may be.

    ``check`` looks at the first bytes on the disk and raises a ``DomainError`` for a file of
    another kind; ``accept`` is the browser's hint, as in HTML. ``person_bytes`` replaces the
    person's yearly allowance. Units: bytes.
    """

    largest_bytes: int
    check: Callable[[Path], object]
    accept: str = ""
    person_bytes: int | None = None


@dataclass(frozen=True)
class UploadPurpose:
    """Something that files are sent for.

    ``rules`` answers for one person and one context, None when that person may not send a
    file there. ``page`` is the address at which such a file is chosen and used.
    """

    name: str
    rules: Callable[[User, str], UploadRules | None]
    page: Callable[[str], str]


@cache
def purposes() -> dict[str, UploadPurpose]:
    """All purposes by name."""
    found: dict[str, UploadPurpose] = {}
    for config in apps.get_app_configs():
        module = f"{config.name}.uploads"
        if find_spec(module) is not None:
            found |= {purpose.name: purpose for purpose in import_module(module).PURPOSES}
    return found


def rules_for(user: User, purpose: str, context: str) -> UploadRules:
    """What ``user`` may send for ``purpose`` and ``context``.

    Raises: UploadNotAllowed, also for a purpose that does not exist.
    """
    known = purposes().get(purpose)
    rules = known.rules(user, context) if known else None
    if rules is None:
        raise UploadNotAllowed
    return rules


def page_of(purpose: str, context: str) -> str:
    """Where a file sent for ``purpose`` is used; empty when nobody knows the purpose any more."""
    known = purposes().get(purpose)
    return known.page(context) if known else ""
