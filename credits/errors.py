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


class NotEnrolled(DomainError):
    message = _(
        "%(name)s has no approved enrolment in this programme; approve the enrolment first."
    )


class AwardTooLarge(DomainError):
    message = _("“%(part)s” asks for %(needed)s class hours; an award may not exceed that.")


class AwardDayWrong(DomainError):
    message = _("The day must lie between the beginning of the programme and today.")


class AwardForOneself(DomainError):
    message = _("Nobody proposes or decides hours for themselves; ask a colleague.")


class SecondPersonNeeded(DomainError):
    message = _("You proposed these hours, so somebody else has to decide; ask a colleague.")


class AlreadyDecided(DomainError):
    message = _("This has been decided already: %(state)s. Reload the page.")


class EvidenceMissing(DomainError):
    message = _("Add at least one file that proves the hours.")


class EvidenceTooMany(DomainError):
    message = _("Add at most %(limit)s files; put several pages into one PDF.")


class EvidenceTooLarge(DomainError):
    message = _("“%(name)s” is larger than %(limit)s MB; scan it with fewer dots or split it.")


class EvidenceTypeUnknown(DomainError):
    message = _("“%(name)s” is not a PDF, JPEG or PNG; save it as one of these and add it again.")


class EvidenceEmpty(DomainError):
    message = _("“%(name)s” is empty; choose the file again.")


class DisputeOpenAlready(DomainError):
    message = _("You have an open dispute about this already; wait for its answer.")


class TooManyDisputes(DomainError):
    message = _("You have %(limit)s open disputes; wait for an answer before you raise another.")


class DisputeMoved(DomainError):
    message = _("This dispute has moved on meanwhile: %(state)s. Reload the page.")


class NoHigherUnit(DomainError):
    message = _("The province has answered; no unit stands above it.")


class NotYetOverdue(DomainError):
    message = _("The answer is due on %(day)s; you can go one level up after that day.")


class AnswerNotForOneself(DomainError):
    message = _("Nobody answers their own dispute; ask a colleague.")


class RegistrationMoved(DomainError):
    message = _("This registration has moved on meanwhile: %(state)s. Reload the page.")


class CertificateUnknown(DomainError):
    message = _(
        "No certificate has this number and this name. Compare both with the page, or scan its"
        " code."
    )
