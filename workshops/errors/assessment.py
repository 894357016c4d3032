"""Refusals about the assessment of hosts: each says what to do next."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FormulaFaulty(DomainError):
    message = _("The formula has faults (%(faults)s); mend what is listed below, then publish it.")


class MethodPublished(DomainError):
    message = _("This version is published and stays as it is; begin a new version.")


class MethodMissing(DomainError):
    message = _("Publish the formula first; results are made by a published one only.")


class AssessmentRuns(DomainError):
    message = _("An assessment is being corrected already; confirm it before you begin another.")


class DaysOutOfOrder(DomainError):
    message = _(
        "An assessment covers days up to today, the first before the last; corrections end today"
        " or later."
    )


class NobodyToAssess(DomainError):
    message = _("Nobody hosted a workshop of this unit in that time; choose other days.")


class AssessmentConfirmed(DomainError):
    message = _("These results are confirmed and stand; load the page again.")


class WindowOpen(DomainError):
    message = _("Hosts may ask for corrections until %(day)s; confirm the results after that day.")


class CorrectionsOpen(DomainError):
    message = _("Requests for correction wait (%(waiting)s); rule on them, then confirm.")


class CorrectionsOver(DomainError):
    message = _("The days for corrections are over; once the results are confirmed you may appeal.")


class AppealOver(DomainError):
    message = _("Appeals end %(days)s days after the results are confirmed; ask your office.")


class AskedAlready(DomainError):
    message = _("You have asked about this already; the ruling comes to your inbox.")


class ActNotCounted(DomainError):
    message = _("This act is none of those counted here; open your list of acts and choose again.")


class OtherKindMissing(DomainError):
    message = _("Say under which other kind this act should count.")


class CorrectionOutOfRange(DomainError):
    message = _("Say how many acts are missing or too many: 1 to %(most)s, in the asked direction.")


class ResultReplaced(DomainError):
    message = _("This result was replaced by a revised one; load the page again.")


class OwnCause(DomainError):
    message = _("This is about yourself or your own act; somebody else has to decide.")


class NotConfirmedYet(DomainError):
    message = _("Decide after the results are confirmed.")


class AlreadyDecided(DomainError):
    message = _("This was decided already; load the page again.")


class TermWithoutEnd(DomainError):
    message = _("This term has no last day, so it goes on without renewal; choose “stays”.")


class NobodyToCertify(DomainError):
    message = _("Every host who passed has a certificate already; there is none to issue.")
