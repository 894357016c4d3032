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
