"""Files that prove hours: taken in by what they are, not by what they are called."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile

from credits.errors import (
    EvidenceEmpty,
    EvidenceTooLarge,
    EvidenceTooMany,
    EvidenceTypeUnknown,
)
from credits.models import EvidenceFile, HourDispute, ManualAward
from credits.policy import EVIDENCE_FILES, EVIDENCE_MEGABYTES, EVIDENCE_TYPES

if TYPE_CHECKING:
    from accounts.models import User


def check_evidence(files: Sequence[UploadedFile]) -> None:
    """Refuse files that are too many, too large, empty or not what they say.

    Raises: EvidenceTooMany, EvidenceEmpty, EvidenceTooLarge, EvidenceTypeUnknown.
    """
    if len(files) > EVIDENCE_FILES:
        raise EvidenceTooMany(limit=EVIDENCE_FILES)
    for file in files:
        if not file.size:
            raise EvidenceEmpty(name=file.name)
        if file.size > EVIDENCE_MEGABYTES * 1024 * 1024:
            raise EvidenceTooLarge(name=file.name, limit=EVIDENCE_MEGABYTES)
        _content_type(file)


def keep_evidence(
    files: Sequence[UploadedFile],
    *,
    by: User,
    award: ManualAward | None = None,
    dispute: HourDispute | None = None,
) -> None:
    """Store checked files beside the award or the dispute that they prove."""
    check_evidence(files)
    for file in files:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        EvidenceFile.objects.create(
            award=award,
            dispute=dispute,
            file=file,
            name=PurePath(file.name or "").name[-120:],
            content_type=_content_type(file),
            size=file.size,
            sha256=digest.hexdigest(),
            uploaded_by=by,
        )


def _content_type(file: UploadedFile) -> str:
    suffix = PurePath(file.name or "").suffix.lower()
    content_type, beginning = EVIDENCE_TYPES.get(suffix, ("", b""))
    file.seek(0)
    known = bool(content_type) and file.read(len(beginning)) == beginning
    file.seek(0)
    if not known:
        raise EvidenceTypeUnknown(name=file.name)
    return content_type
