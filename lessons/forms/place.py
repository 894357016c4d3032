"""The place in a textbook, chosen step by step: grade, edition, volume, unit, lesson."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from lessons.enums import NodeKind
from lessons.models import CurriculumNode

NAMES = tuple(NodeKind.values)


@dataclass
class Step:
    """One list to choose from; empty until the one above is chosen."""

    name: str
    label: str
    options: list[CurriculumNode] = field(default_factory=list)
    chosen: int | None = None


class PlacePicker:
    """The five lists with what is chosen in each, read in two queries.

    A choice that does not lie below the one above it is forgotten, so a changed grade empties
    what follows; where there is nothing to choose, it is chosen. What is closed is offered
    only where it is the present choice.
    """

    def __init__(self, stage: str, subject: str, wanted: dict[str, int | None]):
        self.steps = [Step(name, NodeKind(name).label) for name in NAMES]
        keys = [key for key in wanted.values() if key]
        offered = CurriculumNode.objects.filter(Q(is_open=True) | Q(pk__in=keys))
        offered = offered.order_by("position", "pk")
        above, nodes = None, list(offered.filter(parent=None, stage=stage, subject=subject))
        for step in self.steps:
            step.options = [node for node in nodes if node.parent_id == above]
            only = step.options[0].pk if len(step.options) == 1 else None
            known = {node.pk for node in step.options}
            step.chosen = wanted.get(step.name) if wanted.get(step.name) in known else only
            if step.chosen is None:
                break
            if above is None:
                nodes = list(offered.filter(path__startswith=f"{step.chosen}/"))
            above = step.chosen

    @classmethod
    def of_data(cls, stage: str, subject: str, data) -> PlacePicker:
        """From what a page sent."""
        wanted = {name: _key(data.get(name, "")) for name in NAMES}
        return cls(stage, subject, wanted)

    @classmethod
    def of_node(cls, stage: str, subject: str, node: CurriculumNode | None) -> PlacePicker:
        """From a lesson's place; its path names all five."""
        keys = [int(key) for key in node.path.split("/") if key] if node else []
        return cls(stage, subject, dict(zip(NAMES, keys, strict=False)))

    @property
    def visible(self) -> list[Step]:
        """The lists that have something to choose from; the first always."""
        return [step for step in self.steps if step.options] or self.steps[:1]

    @property
    def node(self) -> CurriculumNode | None:
        """The lesson chosen at the end, if one is."""
        last = self.steps[-1]
        return next((one for one in last.options if one.pk == last.chosen), None)


def _key(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 19 else None
