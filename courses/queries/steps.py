"""The next step of a course in words, with the button that does it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import CourseState
from courses.models import FurtherAttemptState
from courses.queries.lines import CourseLine


@dataclass(frozen=True)
class Step:
    """What is missing in one sentence, and where it is done. No label: nothing to press."""

    sentence: str
    label: str = ""
    url: str = ""


def next_step(line: CourseLine) -> Step:
    """What the teacher does next in the course (design: explain every missing hour)."""
    return STEPS[line.state](line)


def _course_url(line: CourseLine) -> str:
    return reverse("courses:course", kwargs={"code": line.code})


def _module_url(line: CourseLine) -> str:
    if line.next_id is None:
        return _course_url(line)
    return reverse("courses:module", kwargs={"code": line.code, "pk": line.next_id})


def _test_url(line: CourseLine) -> str:
    return reverse("courses:test", kwargs={"code": line.code})


def _homework_url(line: CourseLine) -> str:
    return reverse("courses:homework", kwargs={"code": line.code})


def _after_modules(line: CourseLine) -> str:
    if line.has_test and line.has_homework:
        return _("then the test and the homework")
    if line.has_test:
        return _("then the test")
    if line.has_homework:
        return _("then the homework")
    return _("then the hours are yours")


def _not_open(line: CourseLine) -> Step:
    return Step(_("The study window has not opened yet."))


def _closed(line: CourseLine) -> Step:
    return Step(_("The course is withdrawn for now; what you have done is kept."))


def _new(line: CourseLine) -> Step:
    count = ngettext("%(count)s module", "%(count)s modules", line.modules) % {
        "count": line.modules
    }
    return Step(
        _("%(modules)s, %(then)s.") % {"modules": count, "then": _after_modules(line)},
        _("Start"),
        _module_url(line),
    )


def _studying(line: CourseLine) -> Step:
    sentence = _("%(covered)s of %(modules)s modules studied, next “%(title)s”, %(then)s.") % {
        "covered": line.covered,
        "modules": line.modules,
        "title": line.next_title,
        "then": _after_modules(line),
    }
    return Step(sentence, _("Continue"), _module_url(line))


def _test(line: CourseLine) -> Step:
    left = line.attempts_allowed - line.attempts
    sentence = ngettext(
        "All modules studied; pass the test with %(mark)s points, %(left)s attempt left.",
        "All modules studied; pass the test with %(mark)s points, %(left)s attempts left.",
        left,
    ) % {"mark": line.pass_mark, "left": left}
    return Step(sentence, _("Take the test"), _test_url(line))


def _no_attempt_left(line: CourseLine) -> Step:
    if line.further_state == FurtherAttemptState.ASKED:
        sentence = _("You asked for a further attempt at the test; your county decides.")
    elif line.further_state == FurtherAttemptState.REFUSED:
        sentence = _("All attempts at the test are used, and a further one was refused.")
    elif not line.counts:
        sentence = _("All attempts at the test are used, and the study window is over.")
    else:
        sentence = _("All attempts at the test are used; you can ask for a further one.")
        return Step(sentence, _("Ask for an attempt"), _test_url(line))
    return Step(sentence, _("Look at the attempts"), _test_url(line))


def _homework(line: CourseLine) -> Step:
    return Step(_("Only the homework is missing."), _("Write the homework"), _homework_url(line))


def _returned(line: CourseLine) -> Step:
    sentence = _("The homework came back with remarks; revise it and hand it in again.")
    return Step(sentence, _("Revise the homework"), _homework_url(line))


def _waiting(line: CourseLine) -> Step:
    sentence = _("All done on your side; the hours arrive when the marker accepts the homework.")
    return Step(sentence)


def _late(line: CourseLine) -> Step:
    sentence = _("Finished outside the study window: kept, but no hours for this programme.")
    return Step(sentence)


def _earned(line: CourseLine) -> Step:
    hours = f"{line.earned_hours.normalize():f}"
    return Step(_("Class hours in your ledger: %(hours)s.") % {"hours": hours})


STEPS = {
    CourseState.NOT_OPEN: _not_open,
    CourseState.CLOSED: _closed,
    CourseState.NEW: _new,
    CourseState.STUDYING: _studying,
    CourseState.TEST: _test,
    CourseState.NO_ATTEMPT_LEFT: _no_attempt_left,
    CourseState.HOMEWORK: _homework,
    CourseState.RETURNED: _returned,
    CourseState.WAITING: _waiting,
    CourseState.LATE: _late,
    CourseState.EARNED: _earned,
}
