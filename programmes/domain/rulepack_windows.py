"""Whether the windows of a rule pack stand in the order that the year needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.domain.rulepack import NoticeRules, RulePack
from programmes.domain.working_days import add_working_days
from programmes.enums import PhaseKey

K = PhaseKey

# The order of section 1.1: (earlier phase, its side, later phase, its side, may share a day).
ORDER = (
    (K.ANNUAL_PLAN, "closes", K.ENROLMENT, "opens", False),
    (K.ENROLMENT, "opens", K.ADMIN_TRAINING, "opens", True),
    (K.ADMIN_TRAINING, "closes", K.HOST_TRAINING, "opens", False),
    (K.ENROLMENT, "closes", K.HOST_TRAINING, "opens", False),
    (K.HOST_TRAINING, "opens", K.CITY_SELECTION, "closes", True),
    (K.CITY_SELECTION, "closes", K.CITY_PUSH, "opens", False),
    (K.CITY_PUSH, "closes", K.TOPIC_SELECTION, "opens", True),
    (K.TOPIC_SELECTION, "closes", K.COURSE_SELECTION, "opens", False),
    (K.COURSE_SELECTION, "opens", K.REQUIRED_STUDY, "opens", True),
    (K.CITY_PUSH, "closes", K.REQUIRED_STUDY, "opens", False),
    (K.REQUIRED_STUDY, "opens", K.ELECTIVE_STUDY, "opens", True),
    (K.REQUIRED_STUDY, "closes", K.CREDIT_REGISTRATION, "closes", True),
)
# In a year laid around one day windows overlap, so that all can be tried: only the
# beginnings keep their order.
ORDER_WHEN_SHIFTED = tuple(row for row in ORDER if row[1] == row[3] == "opens")


def window_faults(pack: RulePack) -> Iterator[tuple[str, str]]:
    """Code and sentence of each fault; nothing about phases that the year does not know.

    Source: section 1.1, R46, R47.
    """
    if not any(remark.key == "phases" for remark in pack.unknown):
        yield from _missing(pack)
    for key, window in pack.phases.items():
        if window.opens_on and window.closes_on and window.closes_on < window.opens_on:
            yield (
                "window_backwards",
                _("The phase “%(phase)s” ends before it begins.") % {"phase": _label(key)},
            )
    order = ORDER_WHEN_SHIFTED if pack.shifted_to else ORDER
    for earlier, one_side, later, other_side, may_share in order:
        first, second = _day(pack, earlier, one_side), _day(pack, later, other_side)
        if first and second and (first > second or (first == second and not may_share)):
            yield "window_order", _order_sentence(earlier, one_side, first, later, second)
    yield from _draw_faults(pack)
    yield from _notice_faults(pack)


def notice_closes_on(published_on: date, rules: NoticeRules) -> date:
    """The last day of a public notice. It ends at 24:00 of that day.

    Source: A12.
    """
    return add_working_days(
        published_on, rules.working_days, first_day_counts=rules.first_day_counts
    )


def last_safe_notice_day(before: date, rules: NoticeRules) -> date:
    """The latest day of publication whose notice is over when ``before`` begins."""
    day = before
    while notice_closes_on(day, rules) >= before:
        day -= timedelta(days=1)
    return day


def _missing(pack: RulePack) -> Iterator[tuple[str, str]]:
    for key in PhaseKey.values:
        window = pack.phases.get(key)
        if window is None or not (window.opens_on or window.closes_on):
            yield (
                "window_missing",
                _("The phase “%(phase)s” has no days.") % {"phase": _label(key)},
            )


def _draw_faults(pack: RulePack) -> Iterator[tuple[str, str]]:
    pushed, studied = _day(pack, K.CITY_PUSH, "closes"), _day(pack, K.REQUIRED_STUDY, "opens")
    begins, ends = pack.draw.opens_on, pack.draw.closes_on
    if not (pushed and studied and pack.draw.lessons):
        return
    if not (begins and ends):
        yield "draw_missing", _("The draw of lessons has no days.")
    elif not pushed < begins <= ends < studied:
        yield (
            "draw_window",
            _(
                "The draw of lessons must lie after the push ends on %(push)s"
                " and before required study opens on %(study)s."
            )
            % {"push": _shown(pushed), "study": _shown(studied)},
        )


def _notice_faults(pack: RulePack) -> Iterator[tuple[str, str]]:
    selected, pushed = _day(pack, K.CITY_SELECTION, "closes"), _day(pack, K.CITY_PUSH, "closes")
    if not (selected and pushed) or pack.shifted_to or pack.notice.working_days < 1:
        return
    closes = notice_closes_on(selected, pack.notice)
    if closes >= pushed:  # it ends at 24:00, so the push can only follow on a later day
        yield (
            "notice_after_push",
            _(
                "A notice published when selection ends on %(selected)s closes on %(closes)s,"
                " after the push ends on %(pushed)s; publish it by %(safe)s."
            )
            % {
                "selected": _shown(selected),
                "closes": _shown(closes),
                "pushed": _shown(pushed),
                "safe": _shown(last_safe_notice_day(pushed, pack.notice)),
            },
        )


def _order_sentence(earlier: str, side: str, first: date, later: str, second: date) -> str:
    names = {"earlier": _label(earlier), "later": _label(later)}
    days = {"first": _shown(first), "second": _shown(second)}
    if side == "closes":
        text = _(
            "“%(earlier)s” must be over before “%(later)s”: %(first)s is not before %(second)s."
        )
    else:
        text = _("“%(earlier)s” must open before “%(later)s”: %(first)s is not before %(second)s.")
    return text % (names | days)


def _day(pack: RulePack, key: str, side: str) -> date | None:
    window = pack.phases.get(key)
    return getattr(window, f"{side}_on") if window else None


def _label(key: str) -> str:
    return str(PhaseKey(key).label) if key in PhaseKey.values else key


def _shown(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
