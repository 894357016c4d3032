"""The temporary table ``incoming``: an uploaded list on its way through the floors.

It has ``id, line, reasons (jsonb), changes (jsonb), outcome, target`` and the typed columns of
its list. Each floor judges and writes its share of a row in set-based SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
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
