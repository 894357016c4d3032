"""The sentences of all notices, gathered from every app's ``notices.py``.

A row of the inbox holds a kind and its parameters; the sentence is made when it is shown, in
the reader's language, so nobody receives a Chinese mail about an English page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from core.wording import day

Parameters = Mapping[str, Any]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoticeText:
    """Title and body of one kind of notice, lazily translated, with named placeholders.

    ``prepare`` turns stored parameters (a phase's key, a day) into words at display.
    ``optional`` names, in the settings, a kind that a person may do without.
    """

    title: str | Promise
    body: str | Promise = ""
    prepare: Callable[[dict[str, Any]], Parameters] | None = None
    optional: str | Promise = ""


def last_day_in_words(parameters: dict[str, Any]) -> Parameters:
    """``prepare`` for reminders: the last day as ``day``, in the reader's words."""
    stored = parameters.get("last_day")
    return {"day": day(date.fromisoformat(stored))} if stored else {}


class NoticeKindUnknown(LookupError):
    """No app declares this kind in its ``notices.py``."""


@cache
def notice_texts() -> dict[str, NoticeText]:
    """Every kind with its text. Two apps that declare the same kind are an error."""
    texts: dict[str, NoticeText] = {}
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, "notices"):
            continue
        declared = getattr(import_module(f"{config.name}.notices"), "NOTICES", {})
        if twice := texts.keys() & declared.keys():
            raise ValueError(f"declared twice: {sorted(twice)}")
        texts |= declared
    return texts


def optional_kinds() -> list[tuple[str, str | Promise]]:
    """The kinds that a person may silence, with the words of the settings page."""
    return [(kind, text.optional) for kind, text in notice_texts().items() if text.optional]


def require_kind(kind: str) -> None:
    """Raises: NoticeKindUnknown, so that a misspelt kind fails where it is sent."""
    if kind not in notice_texts():
        raise NoticeKindUnknown(kind)


def render_notice(kind: str, parameters: Parameters) -> tuple[str, str]:
    """Title and body in the current language.

    A kind that is no longer declared, or a parameter that an old row lacks, still gives a
    line: an inbox must always open.
    """
    text = notice_texts().get(kind)
    if text is None:
        return str(_("A notice that this version no longer knows")), ""
    values = _Forgiving({**parameters, **_prepared(text, parameters)})
    return str(text.title) % values, str(text.body) % values if text.body else ""


def _prepared(text: NoticeText, parameters: Parameters) -> Parameters:
    if text.prepare is None:
        return {}
    try:
        return text.prepare(dict(parameters))
    except (KeyError, TypeError, ValueError):  # a row written by an earlier version
        logger.warning("a notice lacks parameters", exc_info=True)
        return {}


class _Forgiving(dict):
    def __missing__(self, key: str) -> str:
        return "…"
