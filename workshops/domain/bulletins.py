"""The bulletin (简报): drafted from the week's facts, edited and sent by a host as a thread."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.wording import short_day
from workshops.queries.week import Week, week_of

if TYPE_CHECKING:
    from workshops.models import Workshop


def drafted_bulletin(workshop: Workshop, *, now: datetime) -> tuple[str, str]:
    """Title and HTML of a bulletin about the last seven days, in the reader's language.

    Source: R31.
    """
    week = week_of(workshop, now)
    days = {"first": short_day(week.since), "last": short_day(now - timedelta(minutes=1))}
    facts = format_html_join("", "<li>{}</li>", ((one,) for one in _facts(week)))
    best = format_html_join("", "<li>{}</li>", ((_line(one),) for one in week.best))
    text = format_html("<p><b>{}</b></p><ul>{}</ul>", _("This week"), facts)
    if week.best:
        text += format_html("<p><b>{}</b></p><ul>{}</ul>", _("Worth reading"), best)
    text += format_html("<p><b>{}</b></p><p><br></p>", _("Next week"))
    return _("Bulletin, %(first)s to %(last)s") % days, text


def _facts(week: Week) -> list[str]:
    return [
        ngettext("%(people)s person wrote", "%(people)s people wrote", week.people)
        % {"people": week.people},
        ngettext("%(posts)s post", "%(posts)s posts", week.posts) % {"posts": week.posts},
        _("Questions: %(asked)s asked, %(answered)s answered, %(waiting)s still open")
        % {"asked": week.asked, "answered": week.answered, "waiting": week.waiting},
    ]


def _line(best: tuple[str, int]) -> str:
    title, people = best
    words = {"title": title, "people": people}
    return (
        ngettext("“%(title)s”: %(people)s person", "“%(title)s”: %(people)s people", people) % words
    )
