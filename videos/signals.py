"""News of the video room for the floors above."""

from django.dispatch import Signal

unit_studied = Signal()
"""A person's distinct seconds of a unit grew. Sent inside the beat's transaction with
``user_id``, ``unit_id``, ``watched_seconds``, ``length_seconds``; ``before_seconds``, the sum
before this beat; and ``needed_percent``, the coverage that the page was told is enough. Below
it a receiver has nothing to do and need not ask the database."""
