"""Models out of plain SQL, for the few reads that stand on every page.

To build the statement of a query set costs the web process several times what it costs to run
it; what every page asks is written down once instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=Model)


class Columns(Generic[AnyModel]):
    """The columns of a model under one alias of a statement.

    ``f"SELECT {columns} FROM …"`` names them, ``columns.read(row)`` takes them off the row
    again. What stands in ``without`` is read by the model itself when first asked for.
    """

    def __init__(self, model: type[AnyModel], alias: str, without: Iterable[str] = ()):
        self.model = model
        fields = [one for one in model._meta.concrete_fields if one.attname not in set(without)]
        if named := [one.name for one in fields if hasattr(one, "from_db_value")]:
            raise TypeError(f"{model.__name__} needs its query set to read {', '.join(named)}")
        self.names = [one.attname for one in fields]
        self._text = ", ".join(f"{alias}.{one.column}" for one in fields)

    def __str__(self) -> str:
        return self._text

    def read(self, row: Iterator[Any]) -> AnyModel | None:
        """The model whose columns come next in ``row``; None where a join found nothing."""
        values = list(islice(row, len(self.names)))
        return self.model.from_db(connection.alias, self.names, values) if values[0] else None


def rows_of(statement: str, values: Any) -> list[Iterator[Any]]:
    """The rows that a statement yields, each to be taken apart from the left."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [iter(row) for row in cursor]
