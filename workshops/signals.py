"""News of the workshops, sent inside the transaction."""

from django.dispatch import Signal

seat_taken = Signal()
"""Somebody took a seat. Arguments: ``workshop_id``, ``user_ids`` (list), ``way``."""

seat_left = Signal()
"""Somebody gave a seat up. Arguments: ``workshop_id``, ``user_ids`` (list), ``leaving``."""
