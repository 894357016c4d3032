"""The files beside a recording: plan, slides, task sheet, exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from core.domain.jobs import start_job
from lessons.domain.file_checks import checked_digest, safe_name
from lessons.domain.lessons import locked_open_lesson
from lessons.errors import MaterialUnknown
from lessons.models import Lesson, Material
from programmes.domain.rulepacks import rule_pack_of

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.domain.rulepack import MaterialRules, RulePack

PLAN = "plan"
READ_PLAN = "lessons.read_plan"


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


def _put(material: Material, file: File, *, by: User) -> Material:
    lesson = locked_open_lesson(material.lesson)
    present = lesson.materials.filter(kind=material.kind, replaced_at=None)
    if same := present.filter(sha256=material.sha256).first():
        return same
    present.update(replaced_at=timezone.now())
    material.file.save(f"{material.kind}{_suffix(material.name)}", file, save=False)
    material.save()
    record_act("lesson.material", lesson, by=by, to_state=material.kind, why=material.sha256)
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


def _suffix(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending.isalnum() else ""
