"""News for the floors above."""

from django.dispatch import Signal

enrolment_changed = Signal()
"""An enrolment was entered, moved or corrected. Sent inside the transaction, once per act.

Arguments: ``programme_id`` (int); ``user_ids`` (list of int), the people concerned, one or
many; ``what``: "entered", "moved" or "corrected" (stage, subject, school or person type).
"""
