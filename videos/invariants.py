"""What must always hold of videos and study time."""

from core.invariants import Invariant
from videos.domain.hashes import altered_files
from videos.domain.orphans import absent_renditions, orphan_renditions
from videos.domain.uploads_orphans import orphans, taken_without_file, uploads_without_file
from videos.domain.uploads_quota import beyond_allowance

INVARIANTS = [
    Invariant(
        name="videos.study_within_wall_time",
        sentence="Nobody's study seconds exceed their own wall time times the fastest speed.",
        sql="""
        SELECT clock.user_id, sum(record.watched_seconds) AS watched_seconds,
               clock.started_at, clock.spent_until, clock.top_speed
          FROM videos_studyclock clock
          JOIN videos_studyrecord record ON record.user_id = clock.user_id
         GROUP BY clock.user_id
        HAVING sum(record.watched_seconds) * 100
               > extract(epoch FROM clock.spent_until - clock.started_at) * clock.top_speed
        """,
    ),
    Invariant(
        name="videos.record_within_its_beats",
        sentence="No unit's study seconds exceed the time from its first page to its last beat.",
        sql="""
        SELECT record.id, record.user_id, record.unit_id, record.watched_seconds,
               record.opened_at, record.last_beat_at
          FROM videos_studyrecord record
          JOIN videos_studyclock clock ON clock.user_id = record.user_id
         WHERE record.watched_seconds * 100
               > extract(epoch FROM record.last_beat_at - record.opened_at) * clock.top_speed
        """,
    ),
    Invariant(
        name="videos.clock_for_every_record",
        sentence="Whoever has study seconds has a clock.",
        sql="""
        SELECT record.id, record.user_id FROM videos_studyrecord record
         WHERE NOT EXISTS (SELECT 1 FROM videos_studyclock clock
                            WHERE clock.user_id = record.user_id)
        """,
    ),
    Invariant(
        name="videos.clock_not_ahead",
        sentence="No clock has spent wall time that has not come yet.",
        sql="""
        SELECT user_id, spent_until FROM videos_studyclock
         WHERE spent_until > now() + interval '1 minute' AND spent_until > started_at
        """,
    ),
    Invariant(
        name="videos.watched_within_length",
        sentence="What was watched lies within the unit's length and its sum is its seconds.",
        sql="""
        SELECT record.id, record.watched::text, record.watched_seconds, unit.length_seconds
          FROM videos_studyrecord record
          JOIN videos_studyunit unit ON unit.id = record.unit_id
         WHERE NOT record.watched <@ int4range(0, unit.length_seconds::int)
            OR record.watched_seconds <> videos_seconds_in(record.watched)
        """,
    ),
    Invariant(
        name="videos.ready_has_files",
        sentence="A ready video has its MP4, its poster and a unit as long as itself.",
        sql="""
        SELECT video.id, video.title FROM videos_video video
          LEFT JOIN videos_studyunit unit ON unit.id = video.unit_id
         WHERE video.state = 'ready'
           AND (unit.length_seconds IS DISTINCT FROM video.duration_seconds
                OR (SELECT count(*) FROM videos_rendition rendition
                     WHERE rendition.video_id = video.id AND rendition.size_bytes > 0
                       AND rendition.kind IN ('mp4', 'poster')) <> 2)
        """,
    ),
    Invariant(
        name="videos.texts_have_their_file",
        sentence="A playlist stands beside its stream, a thumbnail track beside its pictures.",
        sql="""
        SELECT text.video_id, text.kind FROM videos_rendition text
         WHERE text.kind IN ('playlist', 'track')
           AND NOT EXISTS (SELECT 1 FROM videos_rendition named
                            WHERE named.video_id = text.video_id
                              AND named.kind = CASE text.kind WHEN 'playlist' THEN 'stream'
                                                              ELSE 'sprite' END)
        """,
    ),
    Invariant(
        name="videos.versions_in_line",
        sentence="No version of a recording is older than the one it replaces.",
        sql="""
        SELECT video.id, video.replaces_id FROM videos_video video
          JOIN videos_video former ON former.id = video.replaces_id
         WHERE video.added_at < former.added_at
        """,
    ),
    Invariant(
        name="videos.files_in_the_store",
        sentence="Every file of a ready video is in the store.",
        find=lambda: list(absent_renditions()),
    ),
    Invariant(
        name="videos.no_orphan_files",
        sentence="Every file in the renditions' folder belongs to a row.",
        find=lambda: [(name,) for name in orphan_renditions()],
    ),
    Invariant(
        name="videos.files_unaltered",
        sentence="Every file in the store is, byte for byte, what was noted when it came.",
        find=lambda: list(altered_files()),
        reads_files=True,
    ),
    Invariant(
        name="videos.upload_has_file",
        sentence="An upload under way has its file; a complete one is as long as it declared.",
        find=uploads_without_file,
    ),
    Invariant(
        name="videos.taken_upload_has_file",
        sentence="The file of every upload that was used lies in the store.",
        find=taken_without_file,
    ),
    Invariant(
        name="videos.no_orphan_uploads",
        sentence="No half-sent file and no original lies there that no row knows.",
        find=orphans,
    ),
    Invariant(
        name="videos.uploads_within_allowance",
        sentence="Nobody and no school has more under way and used this year than allowed.",
        find=beyond_allowance,
    ),
    Invariant(
        name="videos.taken_as_sent",
        sentence="A video made of an upload has its name, length and digest.",
        sql="""
        SELECT upload.id, video.id AS video_id
          FROM videos_upload upload JOIN videos_video video ON video.id = upload.video_id
         WHERE (upload.stored_name, upload.length, upload.sha256)
               IS DISTINCT FROM (video.original::text, video.size_bytes, video.sha256::text)
        """,
    ),
]
