"""What the draw refuses, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class DrawAnnounced(DomainError):
    message = _("The draw is announced; what was announced does not change any more.")


class DrawNotAnnounced(DomainError):
    message = _("The draw is not announced yet. Announce it first; the seed comes after that.")


class DrawNotDrawn(DomainError):
    message = _("The lessons are not drawn yet; this can be done after the draw.")


class DrawTooEarly(DomainError):
    message = _(
        "The draw opens on %(day)s, when the cities have pushed their lessons; announce it then."
    )


class DrawTooLate(DomainError):
    message = _(
        "The year's rules let the draw run until %(day)s. Choose an event that is over by then, "
        "or give the reason for a later draw; it is published with the announcement."
    )


class NothingToDraw(DomainError):
    message = _("Nobody's enrolment is approved yet, so there is nobody to draw lessons for.")


class SeedEventMissing(DomainError):
    message = _("Name the public event whose outcome will be the seed, so that anybody finds it.")


class SeedNotInTheFuture(DomainError):
    message = _(
        "The seed must become known after the announcement; choose an event later than now."
    )


class SeedTooEarly(DomainError):
    message = _("The seed becomes known at %(moment)s; it can be entered from then on.")


class SeedEmpty(DomainError):
    message = _("Enter the outcome of the announced event, as it was published.")


class SeedBySamePerson(DomainError):
    message = _("You entered the seed; a second officer now looks it up and enters it again.")


class SeedConfirmed(DomainError):
    message = _("The seed is confirmed; the lessons are being drawn from it.")


class SeedNotConfirmed(DomainError):
    message = _("The seed is not confirmed yet: two officers enter it, then the lessons are drawn.")


class PublishedFileChanged(DomainError):
    message = _(
        "%(name)s is not the file that was announced. Restore it from the backup; nothing was "
        "drawn."
    )
