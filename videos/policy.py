"""Numbers of the platform itself; what a year may change is in the rule pack."""

from datetime import timedelta

BEAT_SECONDS = 30
"""The browser tells what was studied at most this often; an honest learner loses no more."""

CARRY = timedelta(seconds=BEAT_SECONDS)
"""Wall time before a claim's end that stays unspent, so that slow networks cost nothing."""

TOKEN_EARNS_FOR = timedelta(hours=2)
"""A study token earns wall time for so long after it was issued; every beat renews it."""

TOKEN_DELIVERS_FOR = timedelta(hours=24)
"""What was studied under a token may arrive so long after it was issued."""

CLAIMS_PER_BEAT = 120
"""A longer offline buffer comes in several beats."""

MEDIA_ADDRESS_LIVES_FOR = timedelta(hours=6)
"""A playing page must be able to seek for as long as a long lesson may take."""

FILE_BYTES = 4 * 1024**3
"""The largest recording that is taken; a year's rule pack may ask for less."""

RECORDING_MINUTES = 240
"""The longest."""

CAPTIONS_BYTES = 2 * 1024**2

FRAME_WIDTH, FRAME_HEIGHT = 1280, 720
"""Nothing larger is served: 720p plays on an old office computer and a thin line."""

KEY_FRAME_SECONDS = 6
"""So often a player can begin; also the length of the stream's segments."""

FRAME_RATE = 30
"""Nothing faster is served; a faster recording is halved until it fits."""

PICTURE_KILOBITS = 2500
"""The most that a second of picture may take."""

STORE_ADDRESS_LIVES_FOR = timedelta(minutes=2)
"""An object store's own address, handed out after each check: long enough to begin a file."""

SPRITE_TILES = 100
"""At most so many small pictures of a recording for the time line, ten in a row."""
TILE_WIDTH, TILE_HEIGHT = 160, 90

PICTURE_STEP = 2.0
"""Seconds from one hashed picture of the fingerprint to the next."""

SOUND_STEP = 4096 / 3 / 11025
"""Seconds from one print of the sound to the next, as chromaprint takes them."""

REPEAT_SECONDS = 20
"""The shortest stretch that two recordings share which is shown to a person."""

ORPHAN_AFTER = timedelta(hours=24)
"""A file that no row knows for so long was left by something that died."""

UPLOAD_LIVES_FOR = timedelta(days=7)
"""An upload ends by itself so long after its last byte came."""

UPLOADS_AT_A_TIME = 20
"""So many a person may have under way."""

FIRST_BYTES = 4096
"""With these a file can be told from what it claims to be."""

RECORDING_TYPES = "video/mp4,video/quicktime,.mp4,.m4v,.mov,.mkv,.webm"
"""What a file chooser offers first; the file's bytes decide."""
