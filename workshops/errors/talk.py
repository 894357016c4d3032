"""Refusals about posts, threads and inquiries: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class ThreadClosed(DomainError):
    message = _("Nothing more can be written here: the thread or its workshop is closed.")


class TextMissing(DomainError):
    message = _("Write something first; what you attach goes along with it.")


class TitleMissing(DomainError):
    message = _("Give it a title of at most %(length)s characters, so that others find it.")


class TooManyPosts(DomainError):
    message = _(
        "You wrote %(posts)s posts in %(minutes)s minutes. Your text is kept as a draft: wait a"
        " little, then send it."
    )


class TooManyFiles(DomainError):
    message = _("A post carries at most %(files)s files; leave some out and send it again.")


class ProposalUnknown(DomainError):
    message = _("Choose one of the proposals of this inquiry; load the page again.")


class NotTriedYet(DomainError):
    message = _(
        "Adopt what was tried in class: choose at least one proposal to which somebody has added"
        " how it went."
    )


class ChangedMeanwhile(DomainError):
    message = _("This changed in the meantime; load the page again.")


class NotAnAnswer(DomainError):
    message = _("Only a reply to an open question can be its answer; load the page again.")


class SameFile(DomainError):
    message = _("This is the same file as before; choose the new version.")


class FileReplaced(DomainError):
    message = _("A newer version is there already; load the page again.")
