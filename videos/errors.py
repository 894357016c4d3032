"""How the video room says no."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

OTHER_FILES = {
    "archive": _("an archive or an Office document"),
    "picture": _("a picture"),
    "sound": _("a sound file"),
    "document": _("a document"),
    "playlist": _("a playlist, which only names other files"),
}


class PageExpired(DomainError):
    """The study token is forged, damaged or a day old."""

    message = _("This page is too old to save study time: reload it to go on.")


class PageOfAnotherPerson(DomainError):
    """Somebody else has signed in since the page was opened."""

    message = _("This page was opened by somebody else: reload it to study in your own name.")


class BeatUnreadable(DomainError):
    """The beat has not the shape that the player sends."""

    message = _("The study time could not be read: reload the page to go on.")


class CaptionsUnreadable(DomainError):
    message = _(
        "The captions are not a WebVTT file: export them as .vtt (UTF-8) and add them again."
    )


class FileTooLarge(DomainError):
    message = _("The file is larger than %(limit)s: export it in a smaller size and add it again.")


class NotPreparing(DomainError):
    message = _("Only a video that failed can be prepared again.")


class AlreadyReplaced(DomainError):
    message = _("A newer file has taken its place already: reload the page and replace that one.")


class RecordingUnusable(DomainError):
    """Probing found that the file cannot become a video; the sentence is shown to its owner.

    ``code`` and the parameters are what is kept with the video: each reader gets the sentence in
    the own language.
    """

    code = "unusable"
    message = _("The file is not a playable recording: export it again as MP4.")


class FileEmpty(RecordingUnusable):
    code = "empty"
    message = _("The file is empty: choose the recording again.")


class NotARecording(RecordingUnusable):
    """The first bytes say what the file is instead; ``what`` is a key of ``OTHER_FILES``."""

    code = "another_file"
    message = _("This is %(what)s, not a video recording: choose the recording and add it again.")

    def __str__(self) -> str:
        return str(self.message) % {"what": OTHER_FILES[self.params["what"]]}


class RecordingBroken(RecordingUnusable):
    code = "broken"
    message = _(
        "The file is damaged or was not copied to its end: copy it from the camera once more "
        "and add it again."
    )


class RecordingWithoutPicture(RecordingUnusable):
    code = "without_picture"
    message = _("The recording has no picture: add a file with a video track.")


class RecordingTooLong(RecordingUnusable):
    code = "too_long"
    message = _("The recording is longer than %(limit)s minutes: cut it into parts and add them.")


class PreparationFailed(RecordingUnusable):
    code = "not_converted"
    message = _("The recording could not be converted: export it again as MP4 (H.264) and retry.")


FAILURES = {
    kind.code: kind
    for kind in (
        RecordingUnusable,
        FileEmpty,
        NotARecording,
        RecordingBroken,
        RecordingWithoutPicture,
        RecordingTooLong,
        PreparationFailed,
    )
}
"""By its code, how a recording may fail."""


class UploadRefused(DomainError):
    """Base of what an upload may meet; the protocol's answer is in ``videos.views.uploads``."""


class UploadNotAllowed(UploadRefused):
    message = _("You may not send a file for this: open the page from the menu and try there.")


class TooManyUploads(UploadRefused):
    message = _(
        "You have %(number)s uploads under way: go on with one of them or end it, then begin anew."
    )


class QuotaReached(UploadRefused):
    """``used``, ``allowed`` and ``needed`` are sizes in words."""

    message = _(
        "You have sent %(used)s of the %(allowed)s that one person may send in a year, and this "
        "file needs %(needed)s: end an upload that you no longer need, or ask the project office."
    )


class SchoolQuotaReached(QuotaReached):
    message = _(
        "Your school has sent %(used)s of the %(allowed)s that it may send in a year, and this "
        "file needs %(needed)s: end uploads that are no longer needed, or ask the project office."
    )


class NoRoom(UploadRefused):
    message = _(
        "The platform has no room for this file at the moment: what has arrived is kept; "
        "try again later, or tell the project office."
    )


class UploadBusy(UploadRefused):
    message = _(
        "This file is being sent from another window at this moment: go on there, or close it "
        "and try again in half a minute."
    )


class WrongOffset(UploadRefused):
    """``offset`` is where the file really ends."""

    message = _("This piece does not follow what has arrived: %(offset)s bytes are here.")


class PieceTooLong(UploadRefused):
    message = _("This piece is longer than what is missing: choose the same file again.")


class ChecksumWrong(UploadRefused):
    message = _("This piece was damaged on its way: it is sent again.")


class UploadGone(UploadRefused):
    message = _("This upload has ended: choose the file again to begin anew.")


class UploadIncomplete(UploadRefused):
    message = _("The file is not complete yet: wait until it is sent and checked, then go on.")


class UploadForOtherUse(UploadRefused):
    message = _("This file was sent for something else: choose a file here.")


class TooManyPieces(UploadRefused):
    """All places for receiving are taken in this process; clients wait and try again."""

    message = _("Many files arrive at this moment: yours goes on in a few seconds.")
