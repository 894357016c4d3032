"""Pictures and documents that posts carry: checked by their bytes, kept once per post."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from courses.domain.homework_files import checked_digest
from workshops.errors import TooManyFiles
from workshops.models import Post, PostFile
from workshops.policy import FILES_A_POST


def checked_files(files: Sequence[UploadedFile]) -> None:
    """Raises: TooManyFiles; FileRefused when one is not what its name says."""
    if len(files) > FILES_A_POST:
        raise TooManyFiles(files=FILES_A_POST)
    for one in files:
        checked_digest(one)


def attach(post: Post, files: Sequence[UploadedFile]) -> None:
    """Keep the files with the post; the same bytes once."""
    known: set[str] = set()
    for one in files:
        digest = checked_digest(one)
        if digest in known:
            continue
        known.add(digest)
        PostFile.objects.create(
            post=post,
            file=one,
            name=PurePath(one.name or "").name[-150:],
            size_bytes=one.size,
            sha256=digest,
        )
