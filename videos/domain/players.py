"""Everything a page needs to show a unit and to earn its seconds."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.models import User
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme
from programmes.queries import current_programme
from videos.domain.addresses import study_token
from videos.domain.media_addresses import VideoAddresses, addresses_of
from videos.domain.spans import Span
from videos.domain.viewings import streams_first
from videos.enums import UnitKind, VideoState
from videos.models import StudyRecord, StudyUnit, Video
from videos.policy import BEAT_SECONDS

SPEEDS = (Decimal("0.75"), Decimal(1), Decimal("1.25"), Decimal("1.5"), Decimal(2))
REAL_TIME = Decimal(1)
WHOLE = 100


@dataclass(frozen=True)
class Player:
    """A unit as one person's page shows it; ``files`` are its addresses for that person.

    Units: seconds; ``needed_percent`` of the length must be covered for the unit to count.
    """

    unit: StudyUnit
    watched_seconds: int
    needed_percent: int
    data: dict[str, Any]
    ranges: list[Span] = field(default_factory=list)
    files: VideoAddresses = field(default_factory=VideoAddresses)

    @property
    def is_video(self) -> bool:
        return self.unit.kind == UnitKind.VIDEO

    @property
    def length_seconds(self) -> int:
        return self.unit.length_seconds

    @property
    def covered(self) -> bool:
        return self.watched_seconds >= self.data["needed"]

    @property
    def element_id(self) -> str:
        return f"unit-{self.unit.pk}"

    @property
    def texts_id(self) -> str:
        return f"{self.element_id}-texts"

    @property
    def widths(self) -> list[Span]:
        """Where each covered part begins and how long it is, as the bar is drawn."""
        return [(start, end - start) for start, end in self.ranges]

    @property
    def head_width(self) -> float:
        """The mark of the present position: a 250th of the bar."""
        return self.unit.length_seconds / 250


def player_for(
    user: User, unit: StudyUnit, *, audience: str, programme: Programme | None = None
) -> Player:
    """What the component ``videos/player.html`` shows; lets ``user`` earn from now on.

    Ask before that ``user`` may study the unit; ``audience`` is asked again for each file.
    Speed and coverage come from the rule pack of ``programme``, else of the current one. At
    most four queries.
    """
    programme = programme or current_programme()
    pack = rule_pack_of(programme) if programme else None
    percent = pack.coverage_percent if pack else WHOLE
    fast = pack.allowed_speed if pack and unit.kind == UnitKind.VIDEO else REAL_TIME
    record = StudyRecord.objects.filter(user=user, unit=unit).first()
    ranges = record.watched if record else []
    video = _video_of(unit) if unit.kind == UnitKind.VIDEO else None
    files = addresses_of(video, user, audience) if video else VideoAddresses()
    return Player(
        unit=unit,
        watched_seconds=record.watched_seconds if record else 0,
        needed_percent=percent,
        ranges=ranges,
        data={
            "user": user.pk,
            "unit": unit.pk,
            "length": unit.length_seconds,
            "watched": record.watched_seconds if record else 0,
            "needed": -(-unit.length_seconds * percent // WHOLE),
            "ranges": ranges,
            "position": _resume_at(record, unit),
            "token": study_token(user, unit, fast, percent),
            "beatUrl": reverse("videos:beat"),
            "beatSeconds": BEAT_SECONDS,
            "speeds": [float(speed) for speed in SPEEDS if speed <= fast],
            "stream": files.playlist,
            "streamFirst": streams_first(),
            "thumbnails": files.track,
        },
        files=files,
    )


def _resume_at(record: StudyRecord | None, unit: StudyUnit) -> int:
    """Where the person stopped; at the very end, the beginning."""
    stopped = record.position_seconds if record else 0
    return stopped if stopped < unit.length_seconds - 1 else 0


def _video_of(unit: StudyUnit) -> Video | None:
    ready = Video.objects.filter(unit=unit, state=VideoState.READY)
    return ready.prefetch_related("renditions").first()
