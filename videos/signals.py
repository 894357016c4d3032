"""News of the video room for the floors above."""

from django.dispatch import Signal

unit_studied = Signal()
"""A person's distinct seconds of a unit grew. Sent inside the beat's transaction with
``user_id``, ``unit_id``, ``watched_seconds``, ``length_seconds`` and ``before_seconds``, the
sum before this beat, so that a receiver can tell without a query whether a bar was crossed."""
