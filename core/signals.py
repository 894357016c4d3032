"""News from the ground floor; receivers live in the apps above."""

from django.dispatch import Signal

job_finished = Signal()  # job: Job, in the transaction that ended it (done, failed or parked)
