"""The way to a place in the curriculum."""

from __future__ import annotations

from collections.abc import Iterable

from lessons.models import CurriculumNode


def place_titles(node: CurriculumNode | None) -> list[str]:
    """三年级, 部编版, 上册, 第一单元, 花的学校: one query, none without a node."""
    return places([node]).get(node.pk, []) if node else []


def places(nodes: Iterable[CurriculumNode]) -> dict[int, list[str]]:
    """The titles that lead to each node, itself last, by its key: one query for all."""
    chains = {node.pk: [int(key) for key in node.path.split("/") if key] for node in nodes}
    keys = {key for chain in chains.values() for key in chain}
    titles = dict(CurriculumNode.objects.filter(pk__in=keys).values_list("pk", "title"))
    return {pk: [titles[key] for key in chain] for pk, chain in chains.items()}
