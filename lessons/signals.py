"""News of the lesson room for the floors above and for its own receivers."""

from django.dispatch import Signal

review_sent = Signal()
"""A review was sent. Sent inside the transaction with ``review``."""

reflection_sent = Signal()
"""A reflection on a national lesson was sent. Sent inside the transaction with ``study``."""
