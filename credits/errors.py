from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class LedgerConflict(DomainError):
    message = _(
        "“%(label)s” is already in the ledger with other hours; take that line back before you"
        " post it anew."
    )


class PartUnknown(DomainError):
    message = _("This programme has no part “%(part)s”; choose one of its parts.")


class AlreadyReversed(DomainError):
    message = _("“%(label)s” has been taken back already; nothing is left to do.")


class ReversalNotReversible(DomainError):
    message = _("A line that takes hours back cannot itself be taken back; post the hours anew.")


class ReasonMissing(DomainError):
    message = _("Give the reason in a few words; the person concerned will read it.")
