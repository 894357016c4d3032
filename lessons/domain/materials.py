"""The files beside a recording: plan, slides, task sheet, exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from core.domain.jobs import start_job
from lessons.domain.file_checks import check_file, checked_digest, safe_name
from lessons.domain.lessons import locked_open_lesson
from lessons.errors import MaterialUnknown
from lessons.models import Lesson, Material
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.uploads_files import path_of
from videos.domain.uploads_taking import take_upload_file
from videos.models import Upload

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.domain.rulepack import MaterialRules, RulePack

PLAN = "plan"
MATERIAL = "lessons.material"
READ_PLAN = "lessons.read_plan"


def context_of(lesson_id: int, kind: str) -> str:
    """For which lesson and as which kind a file is sent."""
    return f"{lesson_id}/{kind}"


def split_context(context: str) -> tuple[str, str]:
    """The lesson's key and the kind; the key is empty for anything else."""
    key, _slash, kind = context.partition("/")
    return key, kind


def material_rules(pack: RulePack, kind: str) -> MaterialRules:
    """What the year says of such a file. Raises: MaterialUnknown."""
    rules = next((rule for rule in pack.materials if rule.key == kind), None)
    if rules is None:
        raise MaterialUnknown
    return rules


def add_material(lesson: Lesson, kind: str, file: File, *, by: User) -> Material:
    """Keep ``file`` as the lesson's newest of ``kind``; what it replaces stays on record.

    Safe to repeat: the same bytes are kept once. A plan is then read in the background, so that
    near copies are found (R56).

    Raises: MaterialUnknown, FileRefused; LessonLocked, LessonBarred.
    Source: R42; formats and sizes from the rule pack.
    """
    rules = material_rules(rule_pack_of(lesson.programme), kind)
    digest = checked_digest(file, rules.formats, maximum_megabytes=rules.maximum_megabytes)
    material = Material(
        lesson=lesson,
        kind=kind,
        name=safe_name(file.name or ""),
        size_bytes=file.size,
        sha256=digest,
        added_by=by,
    )
    try:
        with transaction.atomic():
            return _put(material, file, by=by)
    except BaseException:
        if material.file:
            material.file.delete(save=False)
        raise


@transaction.atomic
def take_material(lesson: Lesson, kind: str, upload: Upload, *, by: User) -> Material:
    """Keep a finished upload as the lesson's newest file of ``kind``; see ``add_material``.

    Safe to repeat: an upload becomes one material.

    Raises: as ``add_material``; UploadIncomplete, UploadGone, UploadForOtherUse.
    """
    rules = material_rules(rule_pack_of(lesson.programme), kind)
    lesson = locked_open_lesson(lesson)
    if upload.stored_name:
        known = lesson.materials.filter(kind=kind, file=upload.stored_name).first()
        if known is not None:
            return known
    context, name = context_of(lesson.pk, kind), _new_name(upload.name)
    sent = path_of(upload.pk)
    if sent.exists():
        with sent.open("rb") as opened:
            limit = rules.maximum_megabytes
            check_file(File(opened, upload.name), rules.formats, maximum_megabytes=limit)
    taken = take_upload_file(upload, name, by=by, purpose=MATERIAL, context=context)
    material = Material(
        lesson=lesson,
        kind=kind,
        name=safe_name(taken.original_name),
        size_bytes=taken.size_bytes,
        sha256=taken.sha256,
        added_by=by,
    )
    material.file.name = taken.name
    return _keep(material, by=by)


def _put(material: Material, file: File, *, by: User) -> Material:
    lesson = locked_open_lesson(material.lesson)
    present = lesson.materials.filter(kind=material.kind, replaced_at=None)
    if same := present.filter(sha256=material.sha256).first():
        return same
    material.file.save(f"{material.kind}{_suffix(material.name)}", file, save=False)
    return _keep(material, by=by)


def _keep(material: Material, *, by: User) -> Material:
    """Write the row in place of the present one; the lesson's row is locked."""
    present = Material.objects.filter(lesson=material.lesson, kind=material.kind, replaced_at=None)
    present.update(replaced_at=timezone.now())
    material.save()
    record_act(
        "lesson.material", material.lesson, by=by, to_state=material.kind, why=material.sha256
    )
    if material.kind == PLAN:
        start_job(READ_PLAN, {"material": material.pk}, by=by, key=f"{READ_PLAN}:{material.pk}")
    return material


@transaction.atomic
def take_out_material(material: Material, *, by: User) -> None:
    """Take a file out of the lesson; it stays on record. Raises: LessonLocked, LessonBarred."""
    lesson = locked_open_lesson(material.lesson)
    taken = lesson.materials.filter(pk=material.pk, replaced_at=None)
    if taken.update(replaced_at=timezone.now()):
        record_act("lesson.material_out", lesson, by=by, from_state=material.kind)


def _new_name(original: str) -> str:
    return f"lessons/materials/{timezone.localdate():%Y/%m}/{uuid4().hex}{_suffix(original)}"


def _suffix(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending.isalnum() else ""
