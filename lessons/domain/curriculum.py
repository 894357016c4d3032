"""The table of contents of the textbooks: kept by hand, one node at a time (A13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, QuerySet, Value, When

from core.domain.audit import record_act
from lessons.enums import PARENT_KIND, NodeKind
from lessons.errors import NodeHasLessons, NodeTitleMissing, NodeTitleTaken
from lessons.models import CurriculumNode, Lesson
from lessons.policy import TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User

CHILD_KIND: dict[str | None, str] = {parent: kind for kind, parent in PARENT_KIND.items()}


@transaction.atomic
def add_node(
    title: str,
    *,
    by: User,
    parent: CurriculumNode | None = None,
    stage: str = "",
    subject: str = "",
) -> CurriculumNode:
    """Put a new node last below ``parent``; without one, a grade of ``stage`` and ``subject``.

    Raises: NodeTitleMissing; NodeTitleTaken when a sibling bears the title.
    """
    if parent is not None:
        parent = CurriculumNode.objects.select_for_update(no_key=True).get(pk=parent.pk)
        stage, subject = parent.stage, parent.subject
    place = siblings(parent, stage, subject)
    last = place.order_by("-position").values_list("position", flat=True).first()
    key = _next_key()
    node = CurriculumNode(
        pk=key,
        stage=stage,
        subject=subject,
        kind=CHILD_KIND[parent.kind] if parent else NodeKind.GRADE,
        title=_clean(title),
        parent=parent,
        path=f"{parent.path if parent else ''}{key}/",
        position=(last or 0) + 1,
        is_open=parent.is_open if parent else True,
    )
    _insert(node)
    record_act("curriculum.add", node, by=by, to_state=node.title)
    return node


@transaction.atomic
def rename_node(node: CurriculumNode, title: str, *, by: User) -> CurriculumNode:
    """Give the node another title; lessons keep their place. Raises: as ``add_node``."""
    node = CurriculumNode.objects.select_for_update(no_key=True).get(pk=node.pk)
    before, node.title = node.title, _clean(title)
    if node.title != before:
        _insert(node)
        record_act("curriculum.rename", node, by=by, from_state=before, to_state=node.title)
    return node


@transaction.atomic
def shift_node(node: CurriculumNode, places: int, *, by: User) -> None:
    """Move the node ``places`` up (negative) or down among its siblings, as far as there are."""
    held = siblings(node.parent, node.stage, node.subject).select_for_update(no_key=True)
    order = [one.pk for one in held.order_by("position", "pk")]
    now = order.index(node.pk)
    order.insert(max(0, min(len(order) - 1, now + places)), order.pop(now))
    numbers = [When(pk=key, then=Value(number)) for number, key in enumerate(order, start=1)]
    CurriculumNode.objects.filter(pk__in=order).update(position=Case(*numbers))
    record_act("curriculum.shift", node, by=by, to_state=str(order.index(node.pk) + 1))


@transaction.atomic
def close_node(node: CurriculumNode, *, by: User) -> None:
    """Offer the node and all below it no longer; lessons that stand there keep their place."""
    CurriculumNode.objects.filter(path__startswith=node.path).update(is_open=False)
    record_act("curriculum.close", node, by=by)


@transaction.atomic
def reopen_node(node: CurriculumNode, *, by: User) -> None:
    """Offer the node, all below it and what leads to it again."""
    above = [int(key) for key in node.path.split("/") if key]
    CurriculumNode.objects.filter(path__startswith=node.path).update(is_open=True)
    CurriculumNode.objects.filter(pk__in=above).update(is_open=True)
    record_act("curriculum.reopen", node, by=by)


@transaction.atomic
def remove_node(node: CurriculumNode, *, by: User) -> None:
    """Delete a node that was put there by mistake, with all below it.

    Raises: NodeHasLessons when any recorded lesson stands at or below it.
    """
    held = CurriculumNode.objects.select_for_update().filter(path__startswith=node.path)
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    if Lesson.objects.filter(node__in=keys).exists():
        raise NodeHasLessons
    record_act("curriculum.remove", node, by=by, from_state=node.title)
    for kind in reversed(NodeKind.values):  # leaves first: a parent is protected by its children
        CurriculumNode.objects.filter(pk__in=keys, kind=kind).delete()


def siblings(parent: CurriculumNode | None, stage: str, subject: str) -> QuerySet[CurriculumNode]:
    """What stands at one place of the tree."""
    if parent is not None:
        return CurriculumNode.objects.filter(parent=parent)
    return CurriculumNode.objects.filter(parent=None, stage=stage, subject=subject)


def _clean(title: str) -> str:
    title = " ".join(title.split())
    if not 1 <= len(title) <= TITLE_LENGTH:
        raise NodeTitleMissing
    return title


def _insert(node: CurriculumNode) -> None:
    try:
        with transaction.atomic():
            node.save(force_insert=node._state.adding)
    except IntegrityError as twice:
        raise NodeTitleTaken(title=node.title) from twice


def _next_key() -> int:
    """A node's path holds its own key, so the key is taken first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('lessons_curriculumnode', 'id'))")
        return cursor.fetchone()[0]
