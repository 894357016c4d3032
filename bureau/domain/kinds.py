"""What an import is made of. A new import is a new ``ImportKind``; the machinery stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.functional import Promise
from django.utils.translation import get_language

from bureau import policy

Text = str | Promise


class ColumnKind(StrEnum):
    """How a column's cells are formatted in the template and read back."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    IDENTIFIER = "identifier"  # digits that are a name, never a number


@dataclass(frozen=True)
class Choice:
    key: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        return self.zh if reads_chinese() else self.en


@dataclass(frozen=True)
class Column:
    """One column of a template.

    The headers are part of the file format, so both languages stand here and are understood
    whatever language the officer reads. ``secret``: the cell is masked wherever it is kept.
    ``characters`` is the most that a cell may hold.
    """

    key: str
    zh: str
    en: str
    help: Text
    required: bool = False
    kind: ColumnKind = ColumnKind.TEXT
    choices: Callable[[], list[Choice]] | None = None
    sample: str = ""
    width: int = 16
    secret: bool = False
    characters: int = policy.MAX_CELL_CHARACTERS

    @property
    def header(self) -> str:
        return self.zh if reads_chinese() else self.en


@dataclass
class Checked:
    """One row after the checks that need no database."""

    data: dict[str, Any] = field(default_factory=dict)
    reasons: list[list[Any]] = field(default_factory=list)

    def refuse(self, code: str, **parameters: Any) -> None:
        self.reasons.append([code, parameters])


@dataclass(frozen=True)
class ImportKind:
    """A list that officers bring in from Excel.

    ``clean`` builds, once per file, the function that checks a single row without the
    database. ``check`` decides in set-based SQL, over the staged rows of a batch, what becomes
    of each; ``apply`` does it. Both fill and read the temporary table ``incoming``.
    """

    key: str
    title: Text
    sheet_zh: str
    sheet_en: str
    columns: tuple[Column, ...]
    reasons: Mapping[str, Text]
    clean: Callable[[Any], Callable[[dict[str, str]], Checked]]
    check: Callable[[CursorWrapper, Any], None]
    apply: Callable[[CursorWrapper, Any], None]
    notes: tuple[Text, ...] = ()

    @property
    def sheet_name(self) -> str:
        return self.sheet_zh if reads_chinese() else self.sheet_en

    def column_headed(self, title: str) -> Column | None:
        """The column with this header in either language."""
        return next((column for column in self.columns if title in (column.zh, column.en)), None)

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


_KINDS: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> ImportKind:
    _KINDS[kind.key] = kind
    return kind


def import_kind(key: str) -> ImportKind:
    """Raises: KeyError for a kind that no code declares."""
    return _KINDS[key]


def import_kinds() -> Iterable[ImportKind]:
    return _KINDS.values()


def reads_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")
