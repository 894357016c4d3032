"""Refusals about the word list, hiding and ruling: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class Muted(DomainError):
    message = _(
        "A host lets you only read here until %(until)s. Your text is kept as a draft; the"
        " reason is in your inbox."
    )


class AlreadyHidden(DomainError):
    message = _("This post is hidden already; load the page again.")


class NotHidden(DomainError):
    message = _("This post is not hidden any more; load the page again.")


class AppealOnce(DomainError):
    message = _("You have appealed already; the decision comes to your inbox.")


class NothingToRule(DomainError):
    message = _("This appeal was decided already; load the page again.")


class JudgeInOwnCause(DomainError):
    message = _("You wrote or hid this post yourself; somebody else has to decide.")


class ReasonMissing(DomainError):
    message = _("Say why in a few words; it stays on record.")


class WordRefused(DomainError):
    message = _(
        "The platform does not carry the word “%(word)s”. Write it in other words; your text is"
        " kept."
    )


class LinkRefused(DomainError):
    message = _(
        "Addresses of “%(host)s” are not allowed here. Take the address out and send it again; your"
        " text is kept."
    )


class RulesUnreadable(DomainError):
    message = _("Line %(line)s cannot be read: %(why)s")


class TooManyRules(DomainError):
    message = _("The list holds at most %(words)s words and %(hosts)s hosts; shorten it.")


class RulesNotTried(DomainError):
    message = _("Try this version on the posts of the last days first, then switch it on.")


class RulesChanged(DomainError):
    message = _("Another version was made in the meantime; look at it before you change anything.")
