"""From an original to a playable video. Idempotent: a killed worker leaves nothing half done."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from core.domain.audit import record_act
from videos.domain.checking import take_facts, take_findings
from videos.domain.probing import Recording, probe
from videos.domain.renditions import (
    Kind,
    Report,
    make_extras,
    make_poster_file,
    write_fingerprint,
)
from videos.domain.storing import publish, store, sweep
from videos.domain.transcoding import make_mp4
from videos.domain.units import save_unit
from videos.domain.uploads_taking import place_original
from videos.domain.workplace import converted, local_copy, require_room, workplace
from videos.enums import UnitKind, VideoState
from videos.errors import RecordingUnusable
from videos.models import Video

PROBING = gettext_noop("Looking into the recording")
CONVERTING = gettext_noop("Converting (seconds of the recording)")
STORING = gettext_noop("Storing the result")

Confirm = Callable[[], None]


def prepare_video(
    video_id: int,
    *,
    report: Report = lambda done, total, stage: None,
    confirm: Confirm = lambda: None,
) -> Video:
    """Check the original, make all that is played, and open the video for study.

    Safe to repeat: a ready video is left as it is; files are made aside and named by their
    content, rows are written in one transaction at the end. ``confirm`` is called inside it
    and may refuse when somebody else has taken the work over.

    Raises: RecordingUnusable and its kinds; the video is then failed with that sentence.
    """
    video = Video.objects.select_related("programme").get(pk=video_id)
    if video.state == VideoState.READY:
        return video
    _move(video, VideoState.PROCESSING)
    place_original(video, report=report)
    try:
        with workplace(video) as folder:
            return _prepare(video, folder, report, confirm)
    except RecordingUnusable as refusal:
        with transaction.atomic():
            confirm()
            _move(video, VideoState.FAILED, refusal=refusal)
        raise


def _prepare(video: Video, folder: Path, report: Report, confirm: Confirm) -> Video:
    report(0, 0, PROBING)
    original = local_copy(video.original, folder)
    recording = probe(original, folder)
    total = max(1, int(recording.seconds))
    require_room(folder, recording.seconds)

    def convert(target: Path) -> None:
        make_mp4(
            original,
            recording,
            target,
            progress=lambda seconds: report(min(seconds, total), total, CONVERTING),
        )

    mp4 = converted(folder, convert)
    made = probe(mp4, folder)
    files = {Kind.MP4: mp4, **make_poster_file(mp4, made, folder)}
    extras, fingerprint = make_extras(video, mp4, made, folder, report)
    report(total, total, STORING)
    stored = [store(video, kind, path) for kind, path in {**files, **extras}.items()]
    with transaction.atomic():
        confirm()
        publish(stored)
        write_fingerprint(video, fingerprint)
        open_video(video, recording, made)
    sweep(video)
    return video


def open_video(video: Video, recording: Recording, made: Recording) -> None:
    """Let the video be studied, once its files and their rows are there."""
    video.refresh_from_db(fields=["programme"])  # it may have been set while we worked
    seconds = max(1, int(made.seconds))
    video.unit = save_unit(video.unit, UnitKind.VIDEO, video.title, seconds)
    video.duration_seconds, video.width, video.height = seconds, made.width, made.height
    take_facts(video, recording)
    take_findings(video)
    video.save(update_fields=["unit", "duration_seconds", "width", "height", "facts", "findings"])
    _move(video, VideoState.READY)


def _move(video: Video, state: VideoState, *, refusal: RecordingUnusable | None = None) -> None:
    """Into another state; a failure is kept as code and parameters, for readers of any language."""
    from_state, video.state, video.failure = video.state, state, ""
    video.failure_code = refusal.code if refusal else ""
    video.failure_parameters = refusal.params if refusal else {}
    video.save(update_fields=["state", "failure", "failure_code", "failure_parameters"])
    if state != from_state:
        why = video.failure_code
        record_act("video.move", video, by=None, from_state=from_state, to_state=state, why=why)
