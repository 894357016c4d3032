"""The rooms of the workshops, and a payload in every text column of theirs.

The rows of the matrix build the rooms; what they wrote is then overwritten past every cleaner.
"""

import pgtrigger
from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.matrix import rows_moderation, rows_rules, rows_talk
from tests.matrix.test_matrix import ROWS
from tests.workshops.payloads import PAYLOADS

KEYS = {"field", "stage", "subject", "topic", "kind", "code", "key", "sha256", "act", "place"}
"""Columns that the platform writes itself; nobody types them."""
SEEN = {one.url_name for one in [*rows_talk.ROWS, *rows_moderation.ROWS, *rows_rules.ROWS]}
"""What ``test_xss`` looks at with texts that went through the cleaner."""
ROOMS = [
    one
    for one in ROWS
    if one.method == "get" and one.url_name.startswith("workshops:") and one.url_name not in SEEN
]


def typed_columns():
    """Every column of the workshops into which somebody types."""
    for model in apps.get_app_config("workshops").get_models():
        for field in model._meta.concrete_fields:
            typed = type(field) in (models.CharField, models.TextField) and not field.choices
            if typed and field.name not in KEYS and not field.generated:
                yield model, field


def overwrite(first):
    """A payload in each of them, another one with each ``first``; in a long text all sixty."""
    with pgtrigger.ignore():
        for number, (model, field) in enumerate(typed_columns(), first):
            long = field.max_length is None or field.max_length > 4000
            fitting = [one for one in PAYLOADS if long or len(one) <= field.max_length]
            text = "".join(PAYLOADS) if long else fitting[number % len(fitting)]
            try:
                with transaction.atomic():
                    model.objects.exclude(**{field.name: ""}).update(**{field.name: text})
            except DatabaseError:  # a rule of the schema stands in the way of this column
                continue
