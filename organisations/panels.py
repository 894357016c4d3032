"""What the floors above show on an organisation's page.

The tree knows nothing of people or programmes; whoever does registers a panel in the
``ready`` of its app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """``context`` is asked with the organisation and the viewer; None shows nothing."""

    order: int
    template: str
    context: Callable[[Any, Any], dict | None]


_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)
        _panels.sort(key=lambda one: one.order)


def panels_for(organisation: Any, user: Any) -> list[tuple[str, dict]]:
    """Template and context of each panel that has something to show."""
    shown = [(panel.template, panel.context(organisation, user)) for panel in _panels]
    return [(template, context) for template, context in shown if context is not None]
