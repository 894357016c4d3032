"""Programmes and pictures of a gathering: checked by their bytes, kept once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile

from courses.domain.homework_files import checked_digest
from workshops.errors.talk import TooManyFiles
from workshops.models import Gathering, GatheringFile
from workshops.policy import FILES_A_POST

if TYPE_CHECKING:
    from accounts.models import User


def add_files(
    gathering: Gathering,
    files: Sequence[UploadedFile],
    *,
    by: User,
    afterwards: bool = False,
) -> None:
    """Keep the files with the gathering; the same bytes once.

    Raises: TooManyFiles; FileRefused when one is not what its name says.
    """
    if len(files) > FILES_A_POST:
        raise TooManyFiles(files=FILES_A_POST)
    for one in files:
        GatheringFile.objects.get_or_create(
            gathering=gathering,
            sha256=checked_digest(one),
            defaults={
                "file": one,
                "name": PurePath(one.name or "").name[-150:],
                "size_bytes": one.size,
                "afterwards": afterwards,
                "added_by": by,
            },
        )
