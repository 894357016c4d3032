"""The temporary table ``incoming``: an uploaded list on its way through the floors.

It has ``id, line, reasons (jsonb), changes (jsonb), outcome, target`` and the typed columns of
its list. Each floor judges and writes its share of a row in set-based SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

NO_PARAMETERS = "'{}'::jsonb"


def refuse_rows(
    cursor: CursorWrapper,
    code: str,
    where: str,
    *,
    source: str = "",
    parameters: str = NO_PARAMETERS,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Give every incoming row ``i`` that meets ``where`` one more reason, once per code.

    ``where``, ``source`` (a FROM clause) and ``parameters`` are trusted SQL of the product's
    own; ``values`` fill their placeholders.
    """
    cursor.execute(
        f"""UPDATE incoming i
            SET reasons = reasons || jsonb_build_array(jsonb_build_array('{code}', {parameters}))
            {source}
            WHERE NOT reasons @> '[["{code}"]]'::jsonb AND ({where})""",  # noqa: S608
        values,
    )


def refuse_unwritten(
    cursor: CursorWrapper,
    code: str,
    written: Sequence[int],
    *,
    parameters: str = NO_PARAMETERS,
) -> None:
    """Refuse the rows to add whose ``target`` is not among the keys ``written``.

    The keys come as one array, which PostgreSQL looks up by hash: an anti-join with the table
    just filled is planned from statistics that know nothing of the new rows, and goes quadratic.
    """
    refuse_rows(
        cursor,
        code,
        "outcome = 'added' AND target <> ALL(%(written)s)",
        parameters=parameters,
        values={"written": list(written)},
    )
    cursor.execute(
        "UPDATE incoming SET outcome = 'refused', target = NULL"
        " WHERE outcome = 'added' AND reasons <> '[]'::jsonb"
    )
