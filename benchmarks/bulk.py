"""Bulk work in one process, each line of output one JSON result."""

import json
import sys
import time
from functools import partial

import django
from django.urls import reverse

from benchmarks import lesson_bulk, workshop_bulk
from benchmarks.server import database_seconds

STAGED = """
    SELECT id AS user_id, school_id, 'primary' AS stage, 'mathematics' AS subject,
           'teacher' AS person_type, '' AS certificate_number
      FROM accounts_user WHERE username ~ '^roster[0-9]+$'
"""


class Stopwatch:
    """CPU seconds of this process and of the database since it was made."""

    def __init__(self, postmaster: int):
        self._postmaster, self._before = postmaster, 0.0
        self._before = self.seconds()

    def seconds(self) -> float:
        return time.process_time() + database_seconds(self._postmaster) - self._before


def enrol(postmaster: int) -> dict:
    """Enter ten thousand existing people with one call."""
    from programmes.domain.bulk_enrolment import enter_enrolments_bulk  # noqa: PLC0415
    from programmes.queries import current_programme  # noqa: PLC0415

    programme = current_programme()
    watch = Stopwatch(postmaster)
    outcome = enter_enrolments_bulk(programme, STAGED, by=None)
    seconds = watch.seconds()
    if outcome.entered != 10_000:
        raise SystemExit(f"Not everybody was entered: {outcome}")
    return result("enrol", outcome.entered / seconds, "people per second", at_least=50_000)


def export(postmaster: int) -> dict:
    """The completion workbook of the whole province, as the job makes it."""
    from accounts.enums import Role  # noqa: PLC0415
    from bureau.domain.export_kinds import export_kind  # noqa: PLC0415
    from bureau.domain.exports import make_export, request_export  # noqa: PLC0415
    from organisations.models import Organisation  # noqa: PLC0415
    from tests.factories import UserFactory, appoint  # noqa: PLC0415

    province = Organisation.objects.get(parent=None)
    officer = UserFactory(username="bench-officer")
    appoint(officer, Role.ADMINISTRATOR, province)
    asked = request_export(export_kind("completion"), province, by=officer, language="zh-hans")
    watch = Stopwatch(postmaster)
    made = make_export(asked.pk, lambda done, total, stage: None)
    milliseconds = 1000 * watch.seconds() / made.rows
    return result("export", milliseconds, "ms per person", at_most=0.05)


def draw(postmaster: int) -> dict:
    """Four lessons for everybody over 43 stage-subjects, from rosters read to rows stored."""
    announced, seconds, rows = lesson_bulk.draw(partial(Stopwatch, postmaster))
    unit = f"s for {rows:,} rows, announced in {announced:.1f} s"
    return result("draw", seconds, unit, at_most=lesson_bulk.SECONDS)


def draw_skewed(postmaster: int) -> dict:
    """The deal of a group nearly all of one school."""
    seconds, people = lesson_bulk.skewed(partial(Stopwatch, postmaster))
    return result("draw_skewed", seconds, f"s for {people:,} people", at_most=lesson_bulk.SECONDS)


def approve(postmaster: int) -> dict:
    """Approve the whole roster, with what anybody has finished settled at once."""
    seconds, people = lesson_bulk.approve(partial(Stopwatch, postmaster))
    return result("approve", people / seconds, "people per second", at_least=5_000)


def seats(postmaster: int) -> dict:
    """Three thousand people join one by one, each the workshop of the own county."""
    seconds, people = workshop_bulk.join(partial(Stopwatch, postmaster))
    return result("seats", people / seconds, "joins per second", at_least=150)


def placement(postmaster: int) -> dict:
    """Everybody without a seat is placed over the real counties: tried, then carried out."""
    seconds, people = workshop_bulk.place(partial(Stopwatch, postmaster))
    hundred_thousand = seconds * 100_000 / people
    return result("placement", hundred_thousand, "s for 100,000 people", at_most=15)


def result(name, value, unit, *, at_least=None, at_most=None) -> dict:
    kept = value >= at_least if at_least is not None else value <= at_most
    allowed = f"at least {at_least:,}" if at_least is not None else f"at most {at_most}"
    return {"name": name, "value": value, "unit": unit, "allowed": allowed, "kept": kept}


WORK = {
    "enrol": enrol,
    "export": export,
    "approve": approve,
    "draw": draw,
    "draw_skewed": draw_skewed,
    "seats": seats,
    "placement": placement,
}


def main(postmaster: int, names: list[str]) -> None:
    django.setup()
    reverse("space:home")  # loads the addresses, as the first job of a worker does
    for name in names:
        print(json.dumps(WORK[name](postmaster)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
