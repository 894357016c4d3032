"""News of the ledger, sent inside the transaction that writes it."""

from django.dispatch import Signal

# user_ids: list[int], programme_id: int. Hours of these people have just been posted.
hours_posted = Signal()

# entry: the line that was taken back, reversal: the line that did it.
hours_reversed = Signal()

# award: a manual award that a second person has just approved or refused, by: that person.
award_decided = Signal()
