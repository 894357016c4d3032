"""Whether the files of lessons are still what their rows say."""

from __future__ import annotations

import hashlib

from lessons.models import Material, PublicRelease

PIECE = 2**20


def altered_files() -> list[tuple]:
    """Materials and consent records whose file is absent or has other bytes than were brought.

    A file that a job has still to bring into a bucket is absent for a while.
    """
    rows = [
        *(("material", row.pk, row.file, row.sha256) for row in Material.objects.iterator()),
        *(("consent", row.pk, row.consent, row.consent_sha256) for row in _releases()),
    ]
    return [(kind, pk, file.name) for kind, pk, file, digest in rows if _digest(file) != digest]


def _releases():
    return PublicRelease.objects.iterator()


def _digest(file) -> str:
    digest = hashlib.sha256()
    try:
        with file.storage.open(file.name, "rb") as opened:
            while piece := opened.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
