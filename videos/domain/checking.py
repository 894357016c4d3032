"""The findings of a video: taken when it is prepared, taken again when its profile changes."""

from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from core.domain.audit import record_act
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from videos.domain.checks import check_recording
from videos.domain.findings import Finding, as_data, from_data
from videos.domain.probing import Recording
from videos.models import Video


def findings_of(video: Video) -> list[Finding]:
    """What was found in the video's original, the most urgent first; empty before the check."""
    return from_data(video.findings)


@transaction.atomic
def hold_against(video: Video, programme: Programme | None, *, by: User | None) -> Video:
    """From now on hold the video against the recording profile of ``programme``; None: none.

    Safe to repeat. The file is not read again: what was found follows from the facts.

    Source: R42.
    """
    video = Video.objects.select_for_update(no_key=True).get(pk=video.pk)
    former = video.programme_id
    video.programme = programme
    if video.facts:
        take_findings(video)
    video.save(update_fields=["programme", "findings"])
    if programme != former:
        states = {"from_state": str(former or ""), "to_state": str(video.programme_id or "")}
        record_act("video.hold_against", video, by=by, **states)
    return video


def take_facts(video: Video, recording: Recording) -> None:
    """Note what the probe saw in the original. The caller saves ``facts``."""
    video.facts = asdict(recording)


def take_findings(video: Video) -> None:
    """Note what follows from the facts and the length that plays. The caller saves."""
    profile = rule_pack_of(video.programme).recording if video.programme else None
    found = check_recording(
        Recording(**video.facts),
        video.size_bytes,
        readable_seconds=video.duration_seconds,
        profile=profile,
    )
    video.findings = as_data(found)
