"""Every missing hour explained: what, why, until when, and where it is done (R6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.wording import hours, sentences, short_day
from courses.enums import CourseState
from courses.queries.steps import next_step
from programmes.domain.phases import Window
from programmes.enums import Category, PhaseKey
from space.domain.owed_lessons import drawn_owed, national_owed
from space.domain.owed_line import Owed

if TYPE_CHECKING:
    from courses.queries.lines import CourseLine
    from credits.domain.requirements import PartState
    from credits.models import LedgerEntry
    from space.queries import Year

# What is nearest to its hours is said first.
WANTED = (
    CourseState.RETURNED,
    CourseState.TEST,
    CourseState.HOMEWORK,
    CourseState.STUDYING,
    CourseState.NEW,
)
# The next step of a course, for the headline. Other states have nothing to press.
TASKS = {
    CourseState.RETURNED: gettext_lazy("revise the homework of “%(title)s”"),
    CourseState.TEST: gettext_lazy("take the test of “%(title)s”"),
    CourseState.HOMEWORK: gettext_lazy("write the homework of “%(title)s”"),
    CourseState.STUDYING: gettext_lazy("go on with “%(title)s”"),
    CourseState.NEW: gettext_lazy("start “%(title)s”"),
}
DAYS_NAMED = 3
NO_LAST_DAY = datetime(9999, 1, 1, tzinfo=UTC)


def owed_lines(year: Year, *, at: datetime) -> list[Owed]:
    """One line for every part: what can be done, what must wait, what is done.

    Source: R6, R7, R13.
    """
    missing: list[Owed] = []
    done: list[Owed] = []
    for part in year.requirement.parts:
        if part.complete:
            done.append(_done(part, year.entries))
        else:
            missing += _missing(part, year, at)
    missing.sort(key=lambda line: not line.url)
    return missing + done


def first_step(lines: list[Owed]) -> Owed | None:
    """The line whose button is the one warm one: nearest to its hours, then first to end."""
    pressable = [line for line in lines if line.url and line.opens_at is None]
    return min(
        pressable, key=lambda line: (line.wanted, line.closes_at or NO_LAST_DAY), default=None
    )


def _done(part: PartState, entries: list[LedgerEntry]) -> Owed:
    gone = {entry.reverses_id for entry in entries if entry.reverses_id}
    days = [
        short_day(entry.earned_at)
        for entry in entries
        if entry.part == part.key and entry.reverses_id is None and entry.pk not in gone
    ]
    named = _(", ").join(dict.fromkeys(days[-DAYS_NAMED:]))
    if part.surplus:
        sentence = _("Earned on %(days)s; %(hours)s class hours more than needed are on record.")
    else:
        sentence = _("Earned on %(days)s.")
    return Owed(
        title=part.title,
        sentence=sentence % {"days": named, "hours": hours(part.surplus)},
        done_hours=part.earned,
    )


def _missing(part: PartState, year: Year, at: datetime) -> list[Owed]:
    if part.part.source == "lessons":
        return [national_owed(part, year, at)]
    if part.part.source == "draw":
        return [drawn_owed(part, year, at)]
    lines = [line for line in year.courses if line.part == part.key]
    if part.part.source == "elective":
        return _electives(part, lines, year, at)
    owed = [_course(line, line.title, at) for line in lines if not line.earned_hours]
    return owed or [_nothing_offered(part, year.study[Category.REQUIRED])]


def _nothing_offered(part: PartState, window: Window) -> Owed:
    sentence = _(
        "%(hours)s class hours. No course for your stage and subject is published yet; "
        "it appears here by itself."
    )
    return Owed(
        title=part.title,
        sentence=sentence % {"hours": hours(part.missing)},
        closes_at=window.closes_at,
    )


def _course(line: CourseLine, title: str, at: datetime) -> Owed:
    """A course with its next step; work outside the window is said to earn nothing."""
    step = next_step(line)
    sentence = step.sentence
    if line.window.is_over(at):
        sentence = _("The study window is over: what you still do is kept, but earns no hours.")
    waiting = line.window.is_before(at)
    return Owed(
        title=title,
        sentence=_("%(hours)s class hours · %(step)s")
        % {"hours": hours(line.class_hours), "step": sentence},
        opens_at=line.window.opens_at if waiting else None,
        closes_at=line.window.closes_at,
        label=step.label,
        url=step.url,
        task=TASKS[line.state] % {"title": line.title} if line.state in TASKS else "",
        wanted=WANTED.index(line.state) if line.state in WANTED else len(WANTED),
    )


def _electives(part: PartState, lines: list[CourseLine], year: Year, at: datetime) -> list[Owed]:
    """One line for what is under way, one for what must still be chosen."""
    owing = [line for line in lines if not line.earned_hours]
    chosen = sum((line.class_hours for line in owing), Decimal(0))
    owed = []
    if owing:
        title = _("Electives: %(hours)s class hours to go") % {"hours": hours(part.missing)}
        owed.append(_course_of_several(owing, title, at))
    if chosen < part.missing:
        owed.append(_choose(part, part.missing - chosen, year, at))
    return owed


def _course_of_several(lines: list[CourseLine], title: str, at: datetime) -> Owed:
    ranked = sorted(
        lines, key=lambda line: WANTED.index(line.state) if line.state in WANTED else len(WANTED)
    )
    owed = _course(ranked[0], title, at)
    sentence = _("“%(title)s”: %(sentence)s") % {
        "title": ranked[0].title,
        "sentence": owed.sentence,
    }
    if more := len(ranked) - 1:
        others = ngettext(
            "%(count)s more course is waiting.", "%(count)s more courses are waiting.", more
        )
        sentence = sentences(sentence, others % {"count": more})
    return replace(owed, sentence=sentence)


def _choose(part: PartState, to_choose: Decimal, year: Year, at: datetime) -> Owed:
    window = year.window(PhaseKey.COURSE_SELECTION)
    title = _("Choose electives for %(hours)s class hours") % {"hours": hours(to_choose)}
    if window.is_set and window.is_before(at):
        sentence = _("Your school chooses its topics first; then you choose courses among them.")
        return Owed(title=title, sentence=sentence, opens_at=window.opens_at)
    return Owed(
        title=title,
        sentence=_("Any courses among the topics of your school; exchange them until you begin."),
        closes_at=window.closes_at or year.study[Category.ELECTIVE].closes_at,
        label=_("Choose courses"),
        url=reverse("courses:choose"),
        task=_("choose electives"),
    )
