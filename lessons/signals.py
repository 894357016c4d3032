"""News of the lesson room for the floors above and for its own receivers."""

from django.dispatch import Signal

review_sent = Signal()
"""A review was sent. Sent inside the transaction with ``review``."""

reflection_sent = Signal()
"""A reflection on a national lesson was sent. Sent inside the transaction with ``study``."""

lesson_moved = Signal()
"""A lesson took a step. Sent inside the transaction with ``lesson``, as it is now, and
``from_state``."""

lesson_barred = Signal()
"""A report about a lesson was upheld (R56). Sent inside the transaction with ``lesson``."""
