"""Videos made before thumbnails, stream and fingerprint were: what they lack is made now."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from core.domain.jobs import start_job
from core.models import Job
from videos.domain.checking import take_facts, take_findings
from videos.domain.preparation import STORING, Confirm
from videos.domain.probing import probe
from videos.domain.renditions import EXTRAS, Kind, Report, make_extras, write_fingerprint
from videos.domain.storing import publish, store, sweep
from videos.domain.workplace import local_copy, workplace
from videos.enums import VideoState
from videos.models import Rendition, Video

COMPLETE = "videos.complete"


def incomplete_videos():
    """Ready videos that can be played and lack something newer ones have."""
    extras = Count("renditions", filter=Q(renditions__kind__in=EXTRAS))
    lacking = Q(extras__lt=len(EXTRAS)) | Q(facts=None) | Q(fingerprint=None)
    ready = Video.objects.filter(state=VideoState.READY).annotate(extras=extras)
    return ready.filter(lacking).order_by("pk")


def start_completing() -> Iterator[Job]:
    """One job for each incomplete video. Safe to repeat: one try per video and day."""
    today = timezone.localdate()
    for pk in incomplete_videos().values_list("pk", flat=True):
        key = f"{COMPLETE}:{pk}:{today}"
        yield start_job(COMPLETE, {"video_id": pk}, by=None, key=key)


def complete_video(
    video_id: int,
    *,
    report: Report = lambda done, total, stage: None,
    confirm: Confirm = lambda: None,
) -> Video:
    """Make what a ready video lacks from its MP4 and look into its original once more.

    Safe to repeat; the video can be played all the time, and its length stays.

    Raises: RecordingUnusable when the stored file cannot be read.
    """
    video = Video.objects.select_related("programme").get(pk=video_id)
    mp4 = video.rendition(Kind.MP4)
    if video.state != VideoState.READY or mp4 is None:
        return video
    with workplace(video) as folder:
        recording = probe(local_copy(video.original, folder), folder)
        path = local_copy(mp4.file, folder)
        extras, fingerprint = make_extras(video, path, probe(path, folder), folder, report)
        report(1, 1, STORING)
        stored = [store(video, kind, file) for kind, file in extras.items()]
        with transaction.atomic():
            confirm()
            _write(video, stored, fingerprint, recording)
        sweep(video)
    return video


def _write(video: Video, stored: list[Rendition], fingerprint: dict, recording) -> None:
    publish(stored)
    write_fingerprint(video, fingerprint)
    take_facts(video, recording)
    take_findings(video)
    video.save(update_fields=["facts", "findings"])
