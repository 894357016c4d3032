"""The draw for everybody, a group nearly all of one school, and the approval of a whole roster."""

import os
import random
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection

SCHOOLS = 200
SECONDS = 10  # for any number of people up to a hundred thousand
SKEWED = 5_000
# Everybody in one of the 43 stage-subjects and one of the schools
SPREAD = """
WITH field AS (
    SELECT stage.key AS stage, subject.value AS subject,
           row_number() OVER (ORDER BY stage.key, subject.value) - 1 AS number,
           count(*) OVER () AS fields
      FROM programmes_programme programme, jsonb_each(programme.rule_pack -> 'stages') stage,
           jsonb_array_elements_text(stage.value) subject
     WHERE programme.id = %(programme)s
)
UPDATE programmes_enrolment enrolment
   SET stage = field.stage, subject = field.subject, school_id = school.id,
       person_type = CASE field.stage WHEN 'kindergarten' THEN 'kindergarten_staff'
                                      ELSE 'teacher' END
  FROM field, unnest(%(schools)s::bigint[]) WITH ORDINALITY AS school(id, place)
 WHERE enrolment.programme_id = %(programme)s
   AND field.number = enrolment.id %% field.fields
   AND school.place = 1 + (enrolment.id / field.fields) %% cardinality(%(schools)s::bigint[])
"""


@dataclass
class Played:
    """What the rehearsal's stages want to know of a year."""

    programme: object
    officer: object
    seed: int = 1


@contextmanager
def scratch_files():
    from django.test import override_settings  # noqa: PLC0415 - after django.setup

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
        yield


def draw(stopwatch) -> tuple[float, float, int]:
    """CPU seconds of announcing everybody, of the draw from reading the announced rosters to
    stored rows, and how many rows these are."""
    from lessons.domain.drawing.announcing import announce_draw, prepare_draw  # noqa: PLC0415
    from lessons.domain.drawing.seeds import enter_seed  # noqa: PLC0415
    from lessons.domain.drawing.storing import deal_draw  # noqa: PLC0415
    from lessons.models import CaseAssignment, Draw  # noqa: PLC0415

    with scratch_files():
        officers, programme = _draw_world()
        Draw.objects.filter(pk=prepare_draw(programme).pk).update(code_key="k" * 64)
        draw_id, before = prepare_draw(programme).pk, CaseAssignment.objects.count()
        watch = stopwatch()
        known_at = _now() + timedelta(seconds=1)
        event = {"seed_event": "开奖号码", "seed_known_at": known_at, "why_late": "measured"}
        announce_draw(draw_id, **event, by=officers[0])
        announced = watch.seconds()
        while _now() < known_at:
            time.sleep(0.05)
        for officer in officers:
            enter_seed(draw_id, "03 08 15", by=officer)
        watch = stopwatch()
        deal_draw(draw_id, lambda *_progress: None)
        return announced, watch.seconds(), CaseAssignment.objects.count() - before


def _draw_world():
    from accounts.enums import Role  # noqa: PLC0415
    from organisations.enums import Level  # noqa: PLC0415
    from organisations.models import Organisation  # noqa: PLC0415
    from programmes.queries import current_programme  # noqa: PLC0415
    from rehearsal.pool import give_lessons, push_all  # noqa: PLC0415
    from tests.factories import UserFactory, appoint, make_organisation  # noqa: PLC0415

    programme = current_programme()
    province = Organisation.objects.filter(parent=None).first()
    county = Organisation.objects.filter(level=Level.COUNTY).first()
    officers = [UserFactory(username=f"drawer{os.getpid()}-{number}") for number in range(2)]
    for officer in officers:
        appoint(officer, Role.PROJECT_OFFICER, province)
    codes = (f"D{os.getpid()}-{number}" for number in range(SCHOOLS))
    schools = [make_organisation(Level.SCHOOL, county, code=code).pk for code in codes]
    with connection.cursor() as cursor:
        # What the pages left: a draw deals to hands that are empty
        cursor.execute("ALTER TABLE lessons_caseassignment DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM lessons_pinnedcomment")
        cursor.execute("DELETE FROM lessons_review")
        cursor.execute("DELETE FROM lessons_caseassignment")
        cursor.execute("ALTER TABLE lessons_caseassignment ENABLE TRIGGER USER")
        cursor.execute(SPREAD, {"programme": programme.pk, "schools": schools})
    year = Played(programme, officers[0])
    give_lessons(year)
    push_all(year)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return officers, programme


def skewed(_stopwatch) -> tuple[float, int]:
    """A group of which four in five come from the school that gave half of its lessons."""
    from lessons.domain.dealing.group import deal_group  # noqa: PLC0415
    from lessons.domain.dealing.shapes import (  # noqa: PLC0415
        Group,
        Lesson,
        Rules,
        Teacher,
        root_of,
    )

    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    teachers = [
        Teacher(f"T{number:05}", "home" if chance.random() < 0.8 else f"S{number % 50}")
        for number in range(SKEWED)
    ]
    lessons = [
        Lesson(
            f"L{number:04}", "home" if number < 20 else f"X{number}", "city", ("abcd"[number % 4],)
        )
        for number in range(40)
    ]
    before = time.process_time()
    group, rules = Group("primary", "chinese"), Rules(4, True, ("city",), ())
    deal_group(root_of("commitment", "seed"), group, rules, teachers, lessons)
    return time.process_time() - before, SKEWED


def approve(stopwatch) -> tuple[float, int]:
    """CPU seconds of approving everybody, courses and lessons settled, and how many people."""
    from programmes.domain.approvals import approve_enrolments  # noqa: PLC0415
    from programmes.models import Enrolment  # noqa: PLC0415
    from programmes.queries import current_programme  # noqa: PLC0415

    everybody = Enrolment.objects.filter(programme=current_programme())
    everybody.filter(state="approved").update(state="confirmed", confirmed_at=_now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    watch = stopwatch()
    approved = approve_enrolments(everybody.filter(state="confirmed"), by=None)
    return watch.seconds(), approved


def _now():
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()
