"""What the rooms of a course refuse, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NoAttemptLeft(DomainError):
    message = _("All %(attempts)s attempts at this test are used; ask your school what to do next.")


class AlreadyPassed(DomainError):
    message = _("You have already passed this test; there is nothing left to do here.")


class PaperNotReady(DomainError):
    message = _("This test has no questions yet; please come back later.")


class AttemptEnded(DomainError):
    message = _("The time of this attempt is over; the answers saved until then were scored.")


class QuestionFault(DomainError):
    message = _("The question cannot be used: %(fault)s")


class HomeworkLocked(DomainError):
    message = _("This homework has been handed in and cannot be changed until it is returned.")


class HomeworkTooShort(DomainError):
    message = _("Write at least %(needed)s characters; there are %(written)s now.")


class HomeworkNeedsFile(DomainError):
    message = _("This homework asks for a file: add one before you hand it in.")


class FileRefused(DomainError):
    message = _("The file was not taken: %(fault)s")


class AlreadyMarked(DomainError):
    message = _("This homework has been marked already; the list shows what is still waiting.")


class MarkNeedsReason(DomainError):
    message = _("Write at least %(needed)s characters of feedback: the teacher learns from it.")
