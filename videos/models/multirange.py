from django.db import models
from psycopg.types.multirange import Int4Multirange
from psycopg.types.range import Range


class SecondsField(models.Field):
    """Distinct whole seconds as PostgreSQL's int4multirange; in Python a list of (from, to)."""

    description = "distinct seconds"

    def db_type(self, connection):
        return "int4multirange"

    def from_db_value(self, value, expression, connection):
        return None if value is None else spans_of(value)

    def get_prep_value(self, value):
        return None if value is None else as_multirange(value)


def spans_of(multirange):
    """The spans of a multirange that the driver read, ordered and disjoint."""
    return [(part.lower, part.upper) for part in multirange]


def as_multirange(spans):
    """``spans`` as the driver's parameter; PostgreSQL merges what touches or overlaps."""
    return Int4Multirange([Range(start, end) for start, end in spans])
