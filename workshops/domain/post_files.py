"""Pictures and documents that posts carry: checked by their bytes, once per post, in versions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from courses.domain.homework_files import checked_digest
from workshops.domain.rate import require_voice
from workshops.domain.rules.judging import judge
from workshops.domain.rules.noticing import note_hits
from workshops.errors.moderation import ReasonMissing
from workshops.errors.talk import FileReplaced, SameFile, ThreadClosed, TooManyFiles
from workshops.models import Post, PostFile
from workshops.policy import FILES_A_POST, REASON_LENGTH

if TYPE_CHECKING:
    from accounts.models import User


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


@transaction.atomic
def replace_file(held: PostFile, file: UploadedFile, *, why: str, by: User) -> PostFile:
    """Put a new version in the place of ``held``; the old ones stay listed and readable.

    The post's row is locked, so versions are numbered without a gap.

    Raises: ReasonMissing; SameFile, FileReplaced; FileRefused; ThreadClosed; Muted, WordRefused.
    """
    why = why.replace("\x00", "").strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    rows = Post.objects.select_for_update(no_key=True, of=("self",))
    post = rows.select_related("thread__workshop").get(pk=held.post_id)
    if post.hidden_at or post.thread.closed_at or not post.thread.workshop.is_open:
        raise ThreadClosed
    before = PostFile.objects.get(pk=held.pk)
    if before.replaced_at:
        raise FileReplaced
    digest = checked_digest(file)
    if PostFile.objects.filter(post=post, sha256=digest).exists():
        raise SameFile
    voice = require_voice(by, post.thread.workshop, uuid4())
    hits = judge(voice.rules, "", [file.name or "", why])
    made = _next_version(before, file, digest, why, by)
    note_hits(post, hits, rules=voice.rules)
    record_act("workshops.replace_file", post, by=by, to_state=str(made.version), why=why)
    return made


def _next_version(
    before: PostFile, file: UploadedFile, digest: str, why: str, by: User
) -> PostFile:
    now = timezone.now()
    PostFile.objects.filter(pk=before.pk).update(replaced_at=now)
    return PostFile.objects.create(
        post=before.post,
        file=file,
        name=PurePath(file.name or "").name[-150:],
        size_bytes=file.size,
        sha256=digest,
        first=before.first or before,
        version=before.version + 1,
        added_by=by,
        added_at=now,
        why=why,
    )
