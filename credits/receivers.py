"""What follows from a posted or reversed line and from a decided award."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from credits.domain.disputes import answer_dispute
from credits.domain.registrations import propose_registrations, return_incomplete
from credits.enums import AwardState, DisputeOutcome, DisputeState
from credits.signals import award_decided, hours_posted, hours_reversed
from programmes.models import Programme


@receiver(hours_posted)
def propose_who_is_complete(user_ids, programme_id, **kwargs):
    propose_registrations(Programme.objects.get(pk=programme_id), user_ids)


@receiver(hours_reversed)
def return_who_is_no_longer_complete(entry, **kwargs):
    return_incomplete(entry)


@receiver(award_decided)
def answer_the_dispute_behind_it(award, by, **kwargs):
    """Hours that were given answer the dispute that asked for them."""
    dispute = award.dispute
    if dispute is None or award.state != AwardState.APPROVED:
        return
    if dispute.state == DisputeState.OPEN:
        text = _("Class hours given for “%(subject)s”: %(hours)s.") % {
            "hours": f"{award.class_hours.normalize():f}",
            "subject": award.subject,
        }
        answer_dispute(dispute, by=by, outcome=DisputeOutcome.GRANTED, text=text)
