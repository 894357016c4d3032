"""A rubric's next version at the office's desk: drafted, checked, published from a day (R9)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from core.domain.audit import record_act
from lessons.domain.rubric_lint import lint_rubric
from lessons.domain.rubrics import LESSON, current_rubric
from lessons.errors import (
    RubricChangedElsewhere,
    RubricDayPast,
    RubricDraftThere,
    RubricFaulty,
    RubricInForce,
    RubricPublished,
)
from lessons.models import Rubric

if TYPE_CHECKING:
    from accounts.models import User

CONTENT = ("title_zh", "title_en", "lines")


@transaction.atomic
def draft_rubric(*, by: User, code: str = LESSON) -> Rubric:
    """The draft of the next version, begun with what the newest says. Safe to repeat.

    There is one draft at a time: two officers who begin at once get the same.
    """
    current_rubric(code)  # so that there is a first version to begin with
    newest = _held(code)[-1]
    if newest.applies_from is None:
        return newest
    content = {name: getattr(newest, name) for name in CONTENT}
    draft = Rubric.objects.create(code=code, version=newest.version + 1, made_by=by, **content)
    record_act("rubric.draft", draft, by=by, to_state=str(draft.version))
    return draft


@transaction.atomic
def save_rubric_draft(draft: Rubric, content: dict[str, Any], *, revision: int, by: User) -> Rubric:
    """Keep the draft as it is, faults and all.

    Raises: RubricPublished; RubricChangedElsewhere when another window was saved meanwhile.
    """
    draft = _locked_draft(draft)
    if draft.revision != revision:
        raise RubricChangedElsewhere
    for name in CONTENT:
        setattr(draft, name, content[name])
    draft.lines = [
        line if line["key"] else {**line, "key": _new_key(draft, number)}
        for number, line in enumerate(draft.lines, start=1)
    ]
    draft.revision += 1
    draft.made_by = by
    draft.save()
    return draft


@transaction.atomic
def publish_rubric(draft: Rubric, *, from_day: date, by: User) -> Rubric:
    """Let the version apply from a day on; it never changes again. What is begun keeps its own.

    Raises: RubricPublished; RubricFaulty naming the first fault; RubricDayPast.
    """
    draft = _locked_draft(draft)
    if faults := lint_rubric({name: getattr(draft, name) for name in CONTENT}):
        raise RubricFaulty(first=faults[0], count=len(faults))
    if from_day < timezone.localdate():
        raise RubricDayPast
    draft.applies_from = from_day
    draft.save(update_fields=["applies_from"])
    record_act("rubric.publish", draft, by=by, to_state=from_day.isoformat())
    return draft


@transaction.atomic
def recall_rubric(rubric: Rubric, *, by: User) -> Rubric:
    """Make a published version a draft again, as long as its day has not come.

    Raises: RubricInForce from that day on; RubricDraftThere when another draft was begun.
    """
    versions = _held(rubric.code)
    rubric = next(version for version in versions if version.pk == rubric.pk)
    if rubric.applies_from is None:
        return rubric
    if rubric.applies_from <= timezone.localdate():
        raise RubricInForce
    if versions[-1].applies_from is None:
        raise RubricDraftThere
    former, rubric.applies_from = rubric.applies_from, None
    rubric.save(update_fields=["applies_from"])
    record_act("rubric.recall", rubric, by=by, from_state=former.isoformat())
    return rubric


@transaction.atomic
def discard_rubric_draft(draft: Rubric, *, by: User) -> None:
    """Throw the draft away. Raises: RubricPublished."""
    draft = _locked_draft(draft)
    record_act("rubric.discard", draft, by=by, from_state=str(draft.version))
    draft.delete()


def _held(code: str) -> list[Rubric]:
    """All versions in their order, while the first is locked so that nobody adds one meanwhile.

    They are read once the lock is there: what the one before has added is among them.
    """
    versions = Rubric.objects.filter(code=code).order_by("version")
    versions.select_for_update(no_key=True)[:1].get()
    return list(versions)


def _locked_draft(draft: Rubric) -> Rubric:
    found = Rubric.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if found is None or found.applies_from is not None:
        raise RubricPublished
    return found


def _new_key(draft: Rubric, number: int) -> str:
    """A key that no line of any version has, so that old remarks never point at a new line."""
    return f"v{draft.version}r{draft.revision}n{number}"
