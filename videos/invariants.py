"""What must always hold of videos and study time."""

from core.invariants import Invariant

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
                     WHERE rendition.video_id = video.id AND rendition.size_bytes > 0) <> 2)
        """,
    ),
]
