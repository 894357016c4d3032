"""Shapes of what comes in. No rule stands here."""

import json
from datetime import timedelta
from math import isfinite

from django import forms
from django.utils.translation import gettext_lazy as _

from videos.domain.settlement import Claim
from videos.errors import BeatUnreadable
from videos.policy import CLAIMS_PER_BEAT

LARGEST = 10_000_000  # seconds; nothing studied is longer


def read_beat(request) -> tuple[str, list[Claim], int | None]:
    """The token, claims and position of a posted beat, as JSON or as form fields.

    Raises: BeatUnreadable when it has another shape.
    """
    try:
        if request.content_type == "application/json":
            beat = json.loads(request.body)
        else:
            beat = {**request.POST.dict(), "beats": json.loads(request.POST.get("beats", "[]"))}
        claims = [_read_claim(claim) for claim in beat.get("beats", [])]
        position = beat.get("position")
        if len(claims) > CLAIMS_PER_BEAT or not isinstance(beat["token"], str):
            raise BeatUnreadable
        return beat["token"], claims, None if position is None else _whole(position)
    except (AttributeError, KeyError, TypeError, ValueError) as unreadable:
        raise BeatUnreadable from unreadable


def _read_claim(claim: dict) -> Claim:
    ago = float(claim.get("ago", 0))
    if not isfinite(ago):
        raise BeatUnreadable
    ago = timedelta(seconds=min(max(ago, 0), LARGEST))
    return Claim(_whole(claim["from"]), _whole(claim["to"]), ago)


def _whole(number) -> int:
    return int(min(max(float(number), 0), LARGEST))


class UploadFields(forms.Form):
    """A large file: sent beforehand piece by piece (``upload``), or in the form itself (``file``).

    Shown by ``videos/upload.html``; read with ``videos.domain.uploads_whole.sent_upload``.
    """

    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(label=_("File"), required=False)

    def clean(self):
        given = super().clean()
        if not (given.get("upload") or given.get("file") or "file" in self.errors):
            self.add_error("file", _("Choose a file."))
        return given


class VideoForm(UploadFields):
    """A recording to add."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("Recording"),
        required=False,
        help_text=_("MP4 or MOV, at most 4 GB and 4 hours. It is kept as it is."),
    )


class CaptionsForm(forms.Form):
    """Captions in the one form browsers read."""

    file = forms.FileField(
        label=_("Captions"),
        help_text=_("A WebVTT file (.vtt) in UTF-8. It replaces the captions there are."),
        widget=forms.ClearableFileInput(attrs={"accept": ".vtt,text/vtt"}),
    )
