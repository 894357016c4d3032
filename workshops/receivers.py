"""News from the floors below that concerns seats."""

from django.dispatch import receiver

from programmes.signals import enrolment_changed
from workshops.domain.following import follow_enrolments


@receiver(enrolment_changed)
def free_seats(programme_id, user_ids, what, **kwargs):
    """Somebody just entered has no seat yet."""
    if what != "entered":
        follow_enrolments(programme_id, user_ids)
