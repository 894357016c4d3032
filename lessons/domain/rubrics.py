"""Rubrics: written in files, stored in versions, never changed once used."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from lessons.models import Rubric

FOLDER = Path(__file__).resolve().parent.parent / "rubrics"
LESSON = "lesson"


@transaction.atomic
def load_rubrics() -> int:
    """Store each file's rubric as the next version of its code. Safe to repeat.

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
        if newest and all(getattr(newest, name) == value for name, value in content.items()):
            continue
        version = newest.version + 1 if newest else 1
        Rubric.objects.create(code=data["code"], version=version, **content)
        made += 1
    return made


def current_rubric(code: str = LESSON) -> Rubric:
    """The newest version; loaded from its file where nobody has loaded it yet."""
    newest = _newest(code)
    if newest is None:
        load_rubrics()
        newest = _newest(code)
    return newest


def _newest(code: str) -> Rubric | None:
    return Rubric.objects.filter(code=code).order_by("-version").first()


def _lines(data: dict[str, Any]) -> list[dict[str, Any]]:
    levels = [{"value": value, "title_zh": zh, "title_en": en} for value, zh, en in data["levels"]]
    return [{"reason_required": True, **line, "levels": levels} for line in data["lines"]]
