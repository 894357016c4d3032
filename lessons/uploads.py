"""What large files are sent to the lessons for, see ``videos.domain.uploads_purposes``."""

from pathlib import Path

from django.urls import reverse

from accounts.models import User
from lessons.domain.file_checks import MEGABYTE, check_head
from lessons.domain.lessons import OPEN_STATES
from lessons.domain.materials import MATERIAL, material_rules, split_context
from lessons.domain.recordings import RECORDING
from lessons.errors import MaterialUnknown
from lessons.models import Lesson
from lessons.permissions import can_keep
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.containers import container_of
from videos.domain.uploads_purposes import UploadPurpose, UploadRules
from videos.policy import FILE_BYTES, RECORDING_TYPES


def kept_and_open(user: User, key: str) -> Lesson | None:
    """The lesson ``key``, if the user keeps it and it may be changed now."""
    lessons = Lesson.objects.select_related("school", "programme")
    lesson = lessons.filter(pk=key).first() if key.isdecimal() else None
    if lesson is None or not can_keep(user, lesson):
        return None
    return lesson if lesson.state in OPEN_STATES and lesson.barred_at is None else None


def recording_rules(user: User, context: str) -> UploadRules | None:
    """A lesson's keepers send its recording; what the year's profile asks is said afterwards."""
    if kept_and_open(user, context) is None:
        return None
    return UploadRules(largest_bytes=FILE_BYTES, check=container_of, accept=RECORDING_TYPES)


def file_rules(user: User, context: str) -> UploadRules | None:
    """A lesson's keepers send its materials, as large as the year allows."""
    key, kind = split_context(context)
    lesson = kept_and_open(user, key)
    if lesson is None:
        return None
    try:
        rules = material_rules(rule_pack_of(lesson.programme), kind)
    except MaterialUnknown:
        return None

    def check(path: Path) -> None:
        with path.open("rb") as file:
            check_head(file.read(16), rules.formats)

    return UploadRules(
        largest_bytes=rules.maximum_megabytes * MEGABYTE,
        check=check,
        accept=",".join(f".{ending}" for ending in rules.formats),
    )


def edit_page(context: str) -> str:
    return reverse("lessons:edit", args=[context])


def file_page(context: str) -> str:
    key, kind = split_context(context)
    return reverse("lessons:material_add", args=[key, kind])


PURPOSES = [
    UploadPurpose(RECORDING, recording_rules, edit_page),
    UploadPurpose(MATERIAL, file_rules, file_page),
]
