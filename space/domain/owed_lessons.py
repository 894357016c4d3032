"""What is owed of national lessons and of the lessons that the draw gave, in words (R8, R9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def drawn_owed(part: PartState, year: Year, at: datetime) -> Owed:
    """One line for the drawn lessons whose review is not finished yet."""
    window = year.study[Category.REQUIRED]
    lines = [line for line in year.cases if line.step in ("review", "watch")]
    if not lines:
        sentence = _undrawn(part, year)
        return Owed(title=part.title, sentence=sentence, closes_at=window.closes_at)
    line = min(lines, key=lambda line: (line.step != "review", not line.is_begun, line.position))
    sentence = ngettext(
        "%(hours)s class hours · %(count)s lesson to review. “%(title)s”: %(sentence)s",
        "%(hours)s class hours · %(count)s lessons to review. “%(title)s”: %(sentence)s",
        len(lines),
    ) % {
        "hours": hours(part.missing),
        "count": len(lines),
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
        label=_("Go on") if line.is_begun else _("Review"),
        url=reverse("lessons:review", args=[line.id]),
        task=_("“%(title)s”") % {"title": line.title},
        wanted=2 if line.step == "review" else 3,
    )


def _undrawn(part: PartState, year: Year) -> str:
    if year.cases:
        sentence = _("%(hours)s class hours. The recordings are being prepared; come back soon.")
    else:
        sentence = _(
            "%(hours)s class hours. Your lessons have not been drawn yet; you will be told when"
            " they are."
        )
    return sentence % {"hours": hours(part.missing)}


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
