"""How this app says no."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class WorkshopFull(DomainError):
    message = _("All %(cap)s seats of this workshop are taken; choose another of your subject.")


class WorkshopClosed(DomainError):
    message = _("This workshop is closed; choose an open one from the list.")


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


class SeatedElsewhere(DomainError):
    message = _("You already sit in “%(workshop)s”: leave it first, then join here.")


class NotEnrolledHere(DomainError):
    message = _("Only who is enrolled in this year can take a seat; ask your school about it.")


class NotYourField(DomainError):
    message = _("This workshop is for another subject or topic than yours; choose from your list.")


class HostsHere(DomainError):
    message = _("Hosts have no seat among the members; you are in this workshop as its host.")


class InvitationOver(DomainError):
    message = _("This invitation no longer holds; ask the host for a new one.")


class NobodyToMove(DomainError):
    message = _("This person does not sit here any more; load the page again.")


class AlreadyHost(DomainError):
    message = _("%(name)s already hosts this workshop; end that term first.")


class TermEnded(DomainError):
    message = _("This term has ended already; load the page again.")


class TermOutOfOrder(DomainError):
    message = _("A term ends on or after its first day; choose a later last day.")


class ReasonMissing(DomainError):
    message = _("Say why in a few words; it stays on record.")


class CapOutOfRange(DomainError):
    message = _("A workshop has 1 to %(limit)s seats in this year; choose a number among them.")


class CapBelowMembers(DomainError):
    message = _(
        "%(members)s people sit here and nobody is put out: move %(over)s of them to another"
        " workshop first."
    )


class RosterChanged(DomainError):
    message = _(
        "The list of teachers has changed since this was tried; look at the new preview, then"
        " carry it out."
    )


class NobodyToPlace(DomainError):
    message = _("Everybody enrolled here has a seat already; there is nobody to place.")


class MembersChanged(DomainError):
    message = _(
        "Somebody joined or left since this was shown; look at the new proposal, then even out."
    )


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


class SameFile(DomainError):
    message = _("This is the same file as before; choose the new version.")


class FileReplaced(DomainError):
    message = _("A newer version is there already; load the page again.")


class SchemeMissing(DomainError):
    message = _("Say first on which days and at which times this workshop is on duty.")


class ShiftsBeyondMidnight(DomainError):
    message = _("These shifts would end after midnight: begin earlier, or take fewer or shorter.")


class NobodyToPlan(DomainError):
    message = _("No host's term reaches into these weeks; the office appoints one first.")


class PlanChanged(DomainError):
    message = _(
        "Terms, absences or shifts have changed since this was shown; look at the new plan, then"
        " carry it out."
    )


class NotYourShift(DomainError):
    message = _("This shift is somebody else's by now; load the page again.")


class ShiftBegun(DomainError):
    message = _("This shift has begun already and cannot be given away any more.")


class ShiftOver(DomainError):
    message = _("This shift is over; load the page again.")


class ShiftArranged(DomainError):
    message = _("This shift is on offer already; take that back first.")


class OfferOver(DomainError):
    message = _("This offer no longer holds; load the page again.")


class BusyThen(DomainError):
    message = _("%(name)s is on duty elsewhere at that time; choose another shift or person.")


class NotHostThen(DomainError):
    message = _("%(name)s does not host this workshop on that day; choose somebody else.")


class CheckInTooEarly(DomainError):
    message = _("Check in from %(minutes)s minutes before the shift begins.")


class CheckInTooLate(DomainError):
    message = _("This shift ended without a check-in and counts as missed; your office was told.")


class AbsenceOutOfOrder(DomainError):
    message = _("An absence ends on or after its first day; choose a later last day.")


class CallDaysOutOfOrder(DomainError):
    message = _(
        "The last day is on or after the first, and schools recommend until that day or later;"
        " change the days."
    )


class CallWithoutTopics(DomainError):
    message = _("Say for at least one topic how many hosts you look for.")


class PlacesGivenAway(DomainError):
    message = _("%(taken)s hosts of “%(topic)s” are selected already; keep at least as many.")


class CallClosed(DomainError):
    message = _(
        "One could volunteer from %(first)s to %(last)s; ask the project office for more time."
    )


class RecommendingClosed(DomainError):
    message = _(
        "Schools could recommend until the end of %(last)s; ask the project office for more time."
    )


class NoSchoolToRecommend(DomainError):
    message = _("You belong to no school that could recommend you; ask your county's office.")


class StatementMissing(DomainError):
    message = _("Say in a few sentences why you want to lead this topic and what you bring.")


class ApplicationMoved(DomainError):
    message = _("This application is meanwhile: %(state)s. Load the page again.")


class ApplicationChanged(DomainError):
    message = _("The volunteer changed the text since you read it; read it again, then decide.")


class OwnApplication(DomainError):
    message = _("Nobody decides about their own application; your county's office does.")


class PlacesTaken(DomainError):
    message = _(
        "All %(places)s places of “%(topic)s” are taken; raise the number in the call, or select"
        " fewer."
    )


class WrongWorkshop(DomainError):
    message = _("Choose an open workshop of the topic “%(topic)s”.")


class TooManyAtOnce(DomainError):
    message = _("Select 1 to %(limit)s volunteers at a time.")


class NothingToList(DomainError):
    message = _("%(unit)s has no host of a subject yet; appoint hosts first, then file the list.")


class NothingNewToList(DomainError):
    message = _("Nothing has changed since version %(number)s, which is filed.")


class ListOnItsWay(DomainError):
    message = _(
        "Version %(number)s is still on its way; take it back, or wait until it was looked at."
    )


class ListMoved(DomainError):
    message = _("This list is meanwhile: %(state)s. Load the page again.")


class NoLastDay(DomainError):
    message = _("The province has set no last day yet; once it has, you can remind.")


class PlanUnfinished(DomainError):
    message = _(
        "A plan has aims and at least one activity with its day; complete it, then publish."
    )


class TooManyActivities(DomainError):
    message = _("A plan holds at most %(most)s activities; put some together.")


class ActivityUnknown(DomainError):
    message = _("This activity is not in the plan any more; load the page again.")


class OutcomeUnclear(DomainError):
    message = _("Say on which day it took place, or why it did not.")


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
