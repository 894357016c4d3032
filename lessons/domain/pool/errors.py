"""What the pool refuses, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class GroupUnknown(DomainError):
    message = _("The year has no such stage and subject; choose one from the list.")


class NoSuchStanding(DomainError):
    message = _("This lesson is not in the pool any more; there is nothing to withdraw.")


class PoolReasonMissing(DomainError):
    message = _("Say why, in one sentence: it stays on record.")


class CommentatorMissing(DomainError):
    message = _("Say whose commentary it is: the reviewers read it under that name.")


class NobodyExcluded(DomainError):
    message = _("This exclusion was lifted already.")
