"""How the video room says no."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


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
    """Probing found that the file cannot become a video; the sentence is shown to its owner."""

    message = _("The file is not a playable recording: export it again as MP4.")


class FileEmpty(RecordingUnusable):
    message = _("The file is empty: choose the recording again.")


class NotARecording(RecordingUnusable):
    """The first bytes say what the file is instead."""

    message = _("This is %(what)s, not a video recording: choose the recording and add it again.")


class RecordingBroken(RecordingUnusable):
    message = _(
        "The file is damaged or was not copied to its end: copy it from the camera once more "
        "and add it again."
    )


class RecordingWithoutPicture(RecordingUnusable):
    message = _("The recording has no picture: add a file with a video track.")


class RecordingTooLong(RecordingUnusable):
    message = _("The recording is longer than %(limit)s minutes: cut it into parts and add them.")


class PreparationFailed(RecordingUnusable):
    message = _("The recording could not be converted: export it again as MP4 (H.264) and retry.")
