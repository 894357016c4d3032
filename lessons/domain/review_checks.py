"""What a review still lacks before it may be sent, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from courses.domain.homework import written_characters
from lessons.models import Rubric
from programmes.domain.rulepack import ReviewRules, in_readers_language


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: ``part`` is the line's key or "text"."""

    part: str
    sentence: str


def missing_of(
    rubric: Rubric, levels: Mapping[str, Any], text: str, rules: ReviewRules
) -> list[Missing]:
    """What keeps the review from being sent, in the order of the form. Source: R9.

    Units: characters without white space.
    """
    missing = []
    for line in rubric.lines:
        given = levels.get(line["key"], {})
        title = in_readers_language(line["title_zh"], line["title_en"])
        if given.get("level") not in {level["value"] for level in line["levels"]}:
            missing.append(Missing(line["key"], _("%(line)s: choose a level") % {"line": title}))
        elif line["reason_required"]:
            lacking = rules.reason_minimum_characters - written_characters(given.get("reason", ""))
            if lacking > 0:
                sentence = _("%(line)s: %(count)s more characters of reason")
                missing.append(Missing(line["key"], sentence % {"line": title, "count": lacking}))
    lacking = rules.minimum_characters - written_characters(text)
    if lacking > 0:
        sentence = _("Your comment: %(count)s more characters") % {"count": lacking}
        missing.append(Missing("text", sentence))
    return missing


def levels_from(rubric: Rubric, form: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The levels and reasons that a form brought; what it does not name is not touched by it."""
    found = {}
    for line in rubric.lines:
        key, known = line["key"], {str(level["value"]): level["value"] for level in line["levels"]}
        reason = form.get(f"reason-{key}", "").replace("\x00", "")[:4000]
        found[key] = {"level": known.get(form.get(f"level-{key}", "")), "reason": reason}
    return found
