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


class NodeTitleTaken(DomainError):
    message = _("There is “%(title)s” here already; give this one another title.")


class NodeTitleMissing(DomainError):
    message = _("Give a title of 1 to 120 characters.")


class NodeHasLessons(DomainError):
    message = _(
        "Recorded lessons stand below this place, so it is not deleted; close it instead: they "
        "keep their place and nobody chooses it any more."
    )


class NodeUnfit(DomainError):
    message = _("Choose a lesson of the table of contents that belongs to this stage and subject.")


class TeacherElsewhere(DomainError):
    message = _("%(name)s does not work at this school; choose somebody of the school's own.")


class LessonLocked(DomainError):
    message = _("The lesson is “%(state)s” and cannot be changed now; take it back first.")


class LessonBarred(DomainError):
    message = _("A report about this lesson was upheld; it takes no further step.")


class LessonChangedElsewhere(DomainError):
    message = _(
        "This lesson was saved in another window at %(at)s. What you typed is still here: "
        "compare the two and say which is right."
    )


class LessonIncomplete(DomainError):
    message = _("Not yet: %(missing)s")


class StepNotPossible(DomainError):
    message = _("The lesson is “%(state)s” now; this step does not follow. Reload the page.")


class WhyMissing(DomainError):
    message = _("Say why in a few words: the people concerned will read it.")


class OneLessonPerTeacher(DomainError):
    message = _(
        "%(name)s already has a chosen lesson this year: “%(title)s”. One lesson per teacher: "
        "withdraw that one first."
    )


class NotForContests(DomainError):
    message = _(
        "%(name)s takes part in a way that enters no contests; the lesson can be shown in school, "
        "not chosen."
    )


class OwnLesson(DomainError):
    message = _("Nobody chooses the own lesson; a colleague with the same office has to do it.")


class FileRefused(DomainError):
    message = _("The file was not taken: %(fault)s")


class MemberRefused(DomainError):
    message = _("%(name)s gave the lesson; the team are those who helped.")


class MaterialUnknown(DomainError):
    message = _("This year has no such kind of file; choose one of those listed.")


class ConsentIncomplete(DomainError):
    message = _("Say for how many pupils consent was given, and by whom, in a sentence.")


class ReleaseNotPossible(DomainError):
    message = _("Only a lesson that is shown, proposed or chosen can be opened to the public.")


class ReleaseStands(DomainError):
    message = _("There is a consent record already; withdraw it before you file another.")


class ReleaseNeedsAnother(DomainError):
    message = _("Who filed the consent does not approve it; somebody of the level above has to.")


class HintDecided(DomainError):
    message = _("Somebody has decided this already; the list shows what is still open.")


class AssignmentReplaced(DomainError):
    message = _(
        "This lesson was replaced by another one; open your lessons to see which. What you wrote"
        " is kept."
    )


class NothingToReview(DomainError):
    message = _("There is no recording to review yet; come back when it is ready.")


class OwnLessonReviewed(DomainError):
    message = _("This is your own lesson: colleagues review it, you read what they say.")


class ReviewSent(DomainError):
    message = _("This review was sent and can no longer be changed.")


class ReviewChangedElsewhere(DomainError):
    message = _(
        "This review was changed in another window; copy what you typed here, then open the"
        " page again."
    )


class ReviewIncomplete(DomainError):
    message = _("%(first)s. Everything you wrote is kept as a draft.")


class CommentEmpty(DomainError):
    message = _("Write what you want to say at this second.")


class CommentOfAnother(DomainError):
    message = _("This remark is somebody else's; only its author can change it.")


class PlaceOutsideRecording(DomainError):
    message = _("The recording has no such second; play it to the place you mean.")


class ResearchInFuture(DomainError):
    message = _("A research lesson is noted after it was given; choose a day that is past.")


class ResearchLessonUnfit(DomainError):
    message = _("The recorded lesson was given by somebody else; choose one of the teacher's own.")


class ResearchLessonDoubled(DomainError):
    message = _("A research lesson of this day and period is noted already; open that one.")


class ObserverRefused(DomainError):
    message = _("%(name)s gave the lesson and cannot have observed it; name somebody else.")


class ReportSaysNothing(DomainError):
    message = _("Write at least %(needed)s characters: what was seen, when, and by what it shows.")


class ReportOfOwnLesson(DomainError):
    message = _("Your own lesson is not reported; withdraw it instead.")


class ReportDoubled(DomainError):
    message = _("You have reported this already; you will be told of the ruling.")


class ReportRuled(DomainError):
    message = _("Somebody has ruled on this report already; the list shows what is still open.")


class OwnReport(DomainError):
    message = _("Who reported, or gave, the lesson does not rule on it; a colleague has to.")


class RubricPublished(DomainError):
    message = _("This version is no draft any more; open the list of versions and go on there.")


class RubricChangedElsewhere(DomainError):
    message = _(
        "The draft was saved in another window meanwhile. What you typed is still below; open the "
        "draft again beside it and copy over what is missing."
    )


class RubricFaulty(DomainError):
    message = _("Not published yet, %(count)s to mend. First: %(first)s")


class RubricDayPast(DomainError):
    message = _("Choose today or a later day: reviews already begun keep their version anyway.")


class RubricDraftThere(DomainError):
    message = _("The next version is being drafted already; discard that draft first.")


class RubricInForce(DomainError):
    message = _("This version applies already and stays; draft a new one to change something.")
