"""What the tree's news means for people."""

from django.dispatch import receiver

from accounts.domain.succession import follow, leave
from organisations.signals import organisation_closing, organisation_succeeded


@receiver(organisation_succeeded)
def people_follow(source, into, on, by, **kwargs):
    follow(source, into, on=on, by=by)


@receiver(organisation_closing)
def appointments_end(organisation, on, by, **kwargs):
    leave(organisation, on=on, by=by)
