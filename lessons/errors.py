"""What the lesson room refuses, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class ReflectionTooShort(DomainError):
    message = _(
        "Your reflection has %(written)s of at least %(needed)s characters; it is kept as a draft."
    )


class ReflectionSent(DomainError):
    message = _("Your reflection was sent and can no longer be changed.")


class NotPushedToYou(DomainError):
    message = _(
        "This lesson is not among yours any more; go back to your national lessons and open one"
        " of those."
    )


class NationalLessonDoubled(DomainError):
    message = _(
        "“%(title)s” by %(teacher)s is already among the lessons of this stage and subject."
    )


class NationalLessonWithdrawn(DomainError):
    message = _("This lesson was withdrawn; add it again if it is to be studied.")


class VideoNotFree(DomainError):
    message = _("This recording belongs to another lesson already; choose another one.")


class CommentaryMissing(DomainError):
    message = _("Write the expert's commentary: it is part of what teachers study.")
