"""Which roles open and change the tree. The roles themselves are granted one floor up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import Q

KEEPERS = ("administrator", "project_officer")
READERS = (*KEEPERS, "principal", "auditor")


class Officer(Protocol):
    """What the tree asks of a user: the accounts' ``User`` answers it."""

    pk: int

    def serves(self, role: str | Iterable[str], organisation: Any) -> bool: ...

    def appointed_paths(self, *roles: str) -> list[str]: ...

    def scope(self, prefix: str, *roles: str) -> Q: ...
