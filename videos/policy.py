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

FILE_BYTES = 2 * 1024**3
"""The largest recording that is taken (requirements 4.2)."""

RECORDING_MINUTES = 240
"""The longest."""

CAPTIONS_BYTES = 2 * 1024**2

FRAME_WIDTH, FRAME_HEIGHT = 1280, 720
"""Nothing larger is served: 720p plays on an old office computer and a thin line."""

KEY_FRAME_SECONDS = 6
"""So often a player can begin; also the length of later segments."""
