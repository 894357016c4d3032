"""News of the tree for the floors above, sent inside the transaction that makes it.

A receiver may refuse by raising a ``DomainError``: nothing has happened then.
"""

from django.dispatch import Signal

# organisation, on, by: is about to be closed without a successor.
organisation_closing = Signal()

# source, into, on, by: ``into`` takes over from ``source``, with all that belonged to it.
organisation_succeeded = Signal()
