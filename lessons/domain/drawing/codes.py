"""Opaque codes for the published files: whoever lacks the draw's key cannot lead them back."""

from __future__ import annotations

import hmac

from lessons.domain.dealing.shapes import Group

TEACHER_DIGITS = 16
SCHOOL_DIGITS = 12


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

    def _digest(self, what: str) -> str:
        return hmac.digest(self._key, what.encode(), "sha256").hex()
