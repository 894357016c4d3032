"""Opaque codes for the published files: whoever lacks the draw's key cannot lead them back."""

from __future__ import annotations

import hmac

from lessons.domain.dealing.shapes import Group
from lessons.models import Draw, PoolLine

TEACHER_DIGITS = 16
SCHOOL_DIGITS = 12
LESSON_DIGITS = 12
STRATUM_DIGITS = 8


class Codes:
    """Codes under one draw's own key; another year's draw gives other codes."""

    def __init__(self, key: str):
        self._key = key.encode()
        self._schools: dict[tuple[Group, int], str] = {}

    def teacher(self, user_id: int) -> str:
        return f"T{self._digest(f'teacher/{user_id}')[:TEACHER_DIGITS]}"

    def school(self, group: Group, school_id: int) -> str:
        """A school has another code in each group, so that groups cannot be laid together."""
        known = self._schools.get((group, school_id))
        if known is None:
            known = f"S{self._digest(f'school/{group}/{school_id}')[:SCHOOL_DIGITS]}"
            self._schools[group, school_id] = known
        return known

    def lesson(self, lesson_id: int) -> str:
        """Whoever was given the lesson reads its code on the receipt; nobody else knows it."""
        return f"L{self._digest(f'lesson/{lesson_id}')[:LESSON_DIGITS]}"

    def stratum(self, group: Group, key: str, value: str) -> str:
        """City, grade or edition: the draw asks only whether two are the same."""
        return self._digest(f"stratum/{group}/{key}/{value}")[:STRATUM_DIGITS] if value else ""

    def _digest(self, what: str) -> str:
        return hmac.digest(self._key, what.encode(), "sha256").hex()


def codes_of(draw: Draw) -> dict[int, str]:
    """The codes under which lessons stand in the draw's files, withdrawn ones too. One query."""
    lines = PoolLine.objects.filter(draw=draw)
    return dict(lines.values_list("lesson__lesson_id", "code"))
