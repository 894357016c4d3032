"""What the rooms of a course refuse, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NoAttemptLeft(DomainError):
    message = _(
        "All %(attempts)s attempts at this test are used; ask for a further one on the test's page."
    )


class AttemptsLeft(DomainError):
    message = _("You still have an attempt at this test: use it before you ask for a further one.")


class FurtherAttemptTooLate(DomainError):
    message = _(
        "The study window of this course is over, so a further attempt would give no hours; ask"
        " your county whether the window can be extended."
    )


class FurtherAttemptRefused(DomainError):
    message = _(
        "A further attempt at this test was refused; if you think that this is wrong, talk to your"
        " county, which can still grant it."
    )


class FurtherAttemptDecided(DomainError):
    message = _("This request has been decided already: %(state)s. Reload the page.")


class FurtherAttemptForOneself(DomainError):
    message = _("Nobody decides on attempts of their own; ask a colleague.")


class DecisionNeedsReason(DomainError):
    message = _("Give the reason in a few words; the teacher reads it.")


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
