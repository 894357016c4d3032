"""Limits that no year changes."""

from datetime import timedelta

from accounts.domain.attempts import Limit

EVIDENCE_MEGABYTES = 10
EVIDENCE_FILES = 5
# What a file begins with decides what it is, not its name.
EVIDENCE_TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
}
DISPUTES_OPEN_AT_ONCE = 10

# The public check: a number is tried only so often, whoever tries (account: the number).
CHECK = Limit(per_account=20, per_source=60, per_site=6000, window=timedelta(minutes=15))
