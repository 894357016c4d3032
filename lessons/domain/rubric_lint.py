"""What keeps a draft of a rubric from being published, one sentence per fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

MOST_LINES = 12
FEWEST_LEVELS, MOST_LEVELS = 2, 6


def lint_rubric(content: Mapping[str, Any]) -> list[str]:
    """The faults of ``title_zh``, ``title_en`` and ``lines``, in the order of the form.

    Source: R9, R41; a rubric is read in both languages.
    """
    lines = content["lines"]
    faults = []
    if not (content["title_zh"] and content["title_en"]):
        faults.append(_("Give the rubric a title in both languages."))
    faults += _level_faults(lines[0]["levels"] if lines else [])
    if not lines:
        faults.append(_("Write at least one line to review by."))
    if len(lines) > MOST_LINES:
        faults.append(_("At most %(most)s lines: nobody reviews by more.") % {"most": MOST_LINES})
    for number, line in enumerate(lines, start=1):
        if not (line["title_zh"] and line["title_en"]):
            faults.append(
                _("Line %(number)s: give a title in both languages.") % {"number": number}
            )
        if bool(line["hint_zh"]) != bool(line["hint_en"]):
            faults.append(_("Line %(number)s: the hint lacks one language.") % {"number": number})
    for title in doubled(line["title_zh"] for line in lines):
        faults.append(_("“%(title)s” is the title of two lines.") % {"title": title})
    return faults


def _level_faults(levels: list[dict[str, Any]]) -> list[str]:
    faults = []
    if not FEWEST_LEVELS <= len(levels) <= MOST_LEVELS:
        sentence = _("A line has %(fewest)s to %(most)s levels.")
        faults.append(sentence % {"fewest": FEWEST_LEVELS, "most": MOST_LEVELS})
    if any(not (level["title_zh"] and level["title_en"]) for level in levels):
        faults.append(_("Every level has a name in both languages."))
    for value in doubled(level["value"] for level in levels):
        faults.append(_("Two levels have the value %(value)s.") % {"value": value})
    return faults


def doubled(values: Iterable[Any]) -> list[Any]:
    """What stands there more than once, empty ones aside."""
    return [value for value, count in Counter(values).items() if value and count > 1]
