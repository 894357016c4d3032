"""Rubrics: versions that are published from a day and never changed afterwards.

The first one comes with the product as a file; later ones are drafted at the office's desk.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from lessons.models import Rubric

FOLDER = Path(__file__).resolve().parent.parent / "rubrics"
LESSON = "lesson"


@transaction.atomic
def load_rubrics() -> int:
    """Store each file's rubric as the next version of its code, from today on. Safe to repeat.

    A file never overrides what the office has written at its desk.

    Returns: versions made; a file that says what the newest version says makes none.
    """
    made = 0
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        newest = _newest(data["code"])
        content = {
            "title_zh": data["title_zh"],
            "title_en": data["title_en"],
            "lines": _lines(data),
        }
        if newest and (newest.made_by_id or _says(newest, content)):
            continue
        version = newest.version + 1 if newest else 1
        Rubric.objects.create(
            code=data["code"], version=version, applies_from=timezone.localdate(), **content
        )
        made += 1
    return made


def current_rubric(code: str = LESSON) -> Rubric:
    """The version for a review that is begun today; loaded from its file if there is none yet."""
    rubric = _in_force(code)
    if rubric is None:
        load_rubrics()
        rubric = _in_force(code)
    return rubric


def _in_force(code: str) -> Rubric | None:
    published = Rubric.objects.filter(code=code, applies_from__lte=timezone.localdate())
    return published.order_by("-applies_from", "-version").first()


def _newest(code: str) -> Rubric | None:
    return Rubric.objects.filter(code=code).order_by("-version").first()


def _says(rubric: Rubric, content: dict[str, Any]) -> bool:
    return all(getattr(rubric, name) == value for name, value in content.items())


def _lines(data: dict[str, Any]) -> list[dict[str, Any]]:
    levels = [{"value": value, "title_zh": zh, "title_en": en} for value, zh, en in data["levels"]]
    return [{"reason_required": True, **line, "levels": levels} for line in data["lines"]]
