"""Recordings that share a stretch: a hint for a person, never a ruling (R56)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from videos.domain.likeness import Stretch, like_pictures, like_sounds, telling
from videos.models import Fingerprint, Video
from videos.policy import PICTURE_STEP, REPEAT_SECONDS, SOUND_STEP

CLOSER_LOOKS = 20  # so many of the most alike are compared stretch by stretch
SHARED_WORDS = 3  # fewer are chance
SAME_PLACE = 3.0  # seconds by which picture and sound may disagree about where a stretch lies

# One look-up per word in an index; the cost grows with what is shared, not with what is stored.
CANDIDATES = """
SELECT video_id, count(*) AS shared
  FROM (SELECT print.video_id
          FROM unnest(%(pictures)s::int[]) word
          JOIN videos_fingerprint print ON print.picture_words @> ARRAY[word]
         UNION ALL
        SELECT print.video_id
          FROM unnest(%(sounds)s::int[]) word
          JOIN videos_fingerprint print ON print.sound_words @> ARRAY[word]) found
 WHERE video_id <> ALL(%(own)s)
 GROUP BY video_id
 ORDER BY shared DESC, video_id
 LIMIT %(limit)s
"""

VERSIONS = """
WITH RECURSIVE line AS (
    SELECT id, replaces_id FROM videos_video WHERE id = %(video)s
    UNION
    SELECT other.id, other.replaces_id FROM videos_video other
      JOIN line ON other.id = line.replaces_id OR other.replaces_id = line.id
)
SELECT id FROM line
"""


@dataclass(frozen=True)
class Repeat:
    """A stretch of ``video`` that another recording holds, too. Units: seconds.

    ``in_picture`` and ``in_sound`` say by what it was found.
    """

    other_id: int
    here: float
    there: float
    seconds: float
    in_picture: bool
    in_sound: bool


def find_repeats(video: Video, *, shortest: float = REPEAT_SECONDS) -> list[Repeat]:
    """Stretches of at least ``shortest`` seconds that other recordings share, longest first.

    Other versions of the same recording are left out. The number of statements is always the
    same; meant for the background.

    Source: R56.
    """
    mine = Fingerprint.objects.filter(video=video).first()
    if mine is None:
        return []
    found = [
        repeat
        for other in Fingerprint.objects.filter(video__in=_candidates(mine))
        for repeat in compared(mine, other, shortest)
    ]
    return sorted(found, key=lambda repeat: (-repeat.seconds, repeat.other_id, repeat.here))


def compared(mine: Fingerprint, other: Fingerprint, shortest: float) -> Iterator[Repeat]:
    """The stretches of two recordings; picture and sound of one place are one stretch."""
    pictures = like_pictures(mine.pictures, other.pictures, PICTURE_STEP, shortest)
    for sound in like_sounds(mine.sounds, other.sounds, SOUND_STEP, shortest):
        seen = [picture for picture in pictures if _same_place(picture, sound)]
        pictures = [picture for picture in pictures if picture not in seen]
        yield _repeat(other, [sound, *seen], in_picture=bool(seen), in_sound=True)
    for picture in pictures:
        yield _repeat(other, [picture], in_picture=True, in_sound=False)


def _repeat(other: Fingerprint, parts: list[Stretch], **found: bool) -> Repeat:
    begins = min(parts, key=lambda part: part.here)
    ends = max(part.here + part.seconds for part in parts)
    place = (round(begins.here, 1), round(max(begins.there, 0), 1), round(ends - begins.here, 1))
    return Repeat(other.video_id, *place, **found)


def _same_place(one: Stretch, other: Stretch) -> bool:
    overlap = one.here < other.here + other.seconds and other.here < one.here + one.seconds
    return overlap and abs((one.there - one.here) - (other.there - other.here)) <= SAME_PLACE


@transaction.atomic
def _candidates(mine: Fingerprint) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, {"video": mine.video_id})
        own = [pk for (pk,) in cursor]
        words = {"pictures": mine.picture_words, "sounds": sorted(set(telling(mine.sounds)))}
        # The planner thinks little of single words and would read the whole table for each.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(CANDIDATES, {**words, "own": own, "limit": CLOSER_LOOKS})
        found = [pk for pk, shared in cursor if shared >= SHARED_WORDS]
        cursor.execute("SET LOCAL enable_seqscan = on")
        return found
