"""What is owed of national lessons and of the lessons that the draw gave, in words (R8, R9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.wording import hours
from programmes.enums import Category
from space.domain.owed_line import Owed

if TYPE_CHECKING:
    from datetime import datetime

    from credits.domain.requirements import PartState
    from lessons.queries.national import NationalLine
    from space.queries import Year

NEAREST_FIRST = ("write", "read", "watch")


def national_owed(part: PartState, year: Year, at: datetime) -> Owed:
    """One line for the national lessons that are not finished yet."""
    window = year.study[Category.REQUIRED]
    lines = [line for line in year.national if line.step in NEAREST_FIRST]
    if not lines:
        return Owed(title=part.title, sentence=_waiting(part, year), closes_at=window.closes_at)
    line = min(lines, key=lambda line: NEAREST_FIRST.index(line.step))
    sentence = _("%(hours)s class hours · “%(title)s”: %(sentence)s") % {
        "hours": hours(part.missing),
        "title": line.title,
        "sentence": line.sentence,
    }
    if window.is_over(at):
        sentence = _("The study window is over: what you still do is kept, but earns no hours.")
    return Owed(
        title=part.title,
        sentence=sentence,
        opens_at=window.opens_at if window.is_before(at) else None,
        closes_at=window.closes_at,
        label=_label(line),
        url=_url(line),
        task=_("“%(title)s”") % {"title": line.title},
        wanted=NEAREST_FIRST.index(line.step) + 1,
    )


def _waiting(part: PartState, year: Year) -> str:
    if any(line.step == "wait" for line in year.national):
        sentence = _("%(hours)s class hours. The recordings are being prepared; come back soon.")
    elif year.national:
        sentence = _("%(hours)s class hours. You have finished every lesson on offer so far.")
    else:
        sentence = _(
            "%(hours)s class hours. No national lesson for your stage and subject is on offer"
            " yet; it appears here by itself."
        )
    return sentence % {"hours": hours(part.missing)}


def _label(line: NationalLine) -> str:
    return {"watch": _("Watch"), "read": _("Read"), "write": _("Write")}[line.step]


def _url(line: NationalLine) -> str:
    name = "lessons:national_watch" if line.step == "watch" else "lessons:national_reflect"
    return reverse(name, args=[line.id])
