"""Lessons that schools chose and cities pushed, and the draw of them for everybody.

A school's months of recording are written set by set, all lessons with one and the same few
bytes for a recording; pushing, announcing, drawing and supplements are the product's own.
"""

import csv
import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from accounts.domain.people import add_person
from lessons.domain.curriculum_file import load_curriculum
from lessons.domain.drawing.announcing import announce_draw, prepare_draw
from lessons.domain.drawing.notices import tell_drawn
from lessons.domain.drawing.seeds import enter_seed
from lessons.domain.drawing.storing import deal_draw
from lessons.domain.drawing.supplements import make_supplement
from lessons.domain.pool.entering import push_lessons
from lessons.domain.pool.leaving import withdraw_outstanding
from lessons.models import CaseAssignment, Lesson, OutstandingLesson
from organisations.enums import Level
from organisations.models import Organisation
from programmes.domain.rulepacks import rule_pack_of
from programmes.models import Programme

RECORDING = b"a rehearsal's recording"
RECORDING_SHA256 = hashlib.sha256(RECORDING).hexdigest()
EVENT = "演练用公开数值"
OUTCOME = "03 08 15 22 27 31 + 09"

GIVE = """
WITH people AS (
    SELECT enrolment.user_id, enrolment.school_id, enrolment.stage, enrolment.subject,
           row_number() OVER (PARTITION BY enrolment.stage, enrolment.subject
                              ORDER BY md5(%(seed)s || enrolment.user_id)) AS place,
           count(*) OVER (PARTITION BY enrolment.stage, enrolment.subject) AS people
      FROM programmes_enrolment enrolment
     WHERE enrolment.programme_id = %(programme)s AND enrolment.state = 'approved'
)
INSERT INTO lessons_lesson
       (programme_id, teacher_id, school_id, stage, subject, curriculum, node_id, title, summary,
        class_name, taught_on, period, states_timetable, states_genuine, states_pupils, stated_at,
        state, revision, created_by_id, created_at, saved_at, moved_at)
SELECT %(programme)s, user_id, school_id, people.stage, people.subject, 'national', node.id,
       node.title || place, '', '2班', %(taught_on)s, 1 + place %% 6, true, true, true, now(),
       'chosen', 1, user_id, now(), now(), now()
  FROM people
  JOIN lessons_curriculumnode node ON node.kind = 'lesson' AND node.stage = people.stage
   AND node.subject = people.subject
 WHERE place <= greatest(6, least(40, people / 15))
ON CONFLICT DO NOTHING
"""
RECORD = """
WITH wanted AS (
    SELECT lesson.id, lesson.teacher_id, lesson.title FROM lessons_lesson lesson
     WHERE lesson.programme_id = %(programme)s
       AND NOT EXISTS (SELECT 1 FROM lessons_lessonrecording known
                        WHERE known.lesson_id = lesson.id)
), units AS (
    INSERT INTO videos_studyunit (kind, title, length_seconds)
    SELECT 'video', id || ' ' || title, 2400 FROM wanted RETURNING id, title
), videos AS (
    INSERT INTO videos_video (unit_id, title, original, original_name, size_bytes, sha256, state,
                              failure, duration_seconds, width, height, captions, added_by_id,
                              added_at)
    SELECT units.id, wanted.title, %(file)s, 'lesson.mp4', %(size)s, %(sha256)s, 'ready', '', 2400,
           1280, 720, '', wanted.teacher_id, now()
      FROM units JOIN wanted ON wanted.id = split_part(units.title, ' ', 1)::bigint
    RETURNING id, unit_id, added_by_id
), renditions AS (
    INSERT INTO videos_rendition (video_id, kind, file, size_bytes, sha256)
    SELECT id, kind, %(file)s, %(size)s, %(sha256)s
      FROM videos CROSS JOIN unnest(ARRAY['mp4', 'poster']) kind
)
INSERT INTO lessons_lessonrecording (lesson_id, number, video_id, added_by_id, added_at)
SELECT split_part(units.title, ' ', 1)::bigint, 1, videos.id, videos.added_by_id, now()
  FROM videos JOIN units ON units.id = videos.unit_id
"""


@transaction.atomic
def give_lessons(year) -> int:
    """Lessons of every stage and subject, chosen by their schools. Returns: lessons."""
    programme = year.programme
    _plant_curriculum(programme)
    name = default_storage.save("videos/originals/rehearsal.mp4", ContentFile(RECORDING))
    values = {
        "programme": programme.pk,
        "seed": str(year.seed),
        "taught_on": timezone.localdate() - timedelta(days=40),
        "file": name,
        "size": len(RECORDING),
        "sha256": RECORDING_SHA256,
    }
    with connection.cursor() as cursor:
        cursor.execute(GIVE, values)
        cursor.execute(RECORD, values)
    return Lesson.objects.filter(programme=programme).count()


def _plant_curriculum(programme: Programme) -> None:
    """One lesson of one textbook for each stage and subject."""
    head = ("stage", "subject", "grade", "edition", "volume", "unit", "lesson")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "curriculum.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for stage, subjects in rule_pack_of(programme).stage_subjects.items():
                for subject in subjects:
                    title = f"{subject.title_zh}第一课"
                    writer.writerow(
                        (stage, subject.key, "一年级", "通用版", "上册", "第一单元", title)
                    )
        load_curriculum(path)


def push_all(year) -> int:
    """Every city pushes all its schools chose, on a day of the window. Returns: lessons."""
    programme = year.programme
    lessons = list(Lesson.objects.filter(programme=programme).values_list("pk", flat=True))
    window = programme.phases.get(key="city_push")
    at = timezone.now() - (timezone.localdate() - window.closes_on)
    cities = Organisation.objects.filter(level=Level.CITY)
    return sum(
        push_lessons(programme, city, lessons, by=year.officer, now=at).new for city in cities
    )


def draw_all(year) -> int:
    """Announce in the year's window, let two officers enter the seed, deal. Returns: lessons."""
    draw = prepare_draw(year.programme)
    other = add_person(real_name="监抽", school=None, by=None, username="rehearsal3")
    last_day = timezone.localdate() - rule_pack_of(year.programme).draw.closes_on
    known_at = timezone.now() - last_day
    announced_at = known_at - timedelta(hours=1)
    announce_draw(
        draw.pk, seed_event=EVENT, seed_known_at=known_at, by=year.officer, now=announced_at
    )
    for officer in (year.officer, other):
        enter_seed(draw.pk, OUTCOME, by=officer)
    deal_draw(draw.pk, _quiet)
    tell_drawn(draw.pk)
    return CaseAssignment.objects.filter(draw=draw).count()


def supplement_all(year) -> int:
    """A drawn lesson is withdrawn; those who had it get another. Returns: people dealt."""
    drawn = OutstandingLesson.objects.filter(assignments__isnull=False)
    lesson = drawn.order_by("pk").first()
    withdraw_outstanding(lesson.pk, why="演练：撤出一节课例", by=year.officer)
    made = make_supplement(year.programme.draw.pk, by=year.officer)
    return made.statistics["teachers"]


def _quiet(*_progress) -> None:
    """A run shows rows and seconds per stage instead."""


STAGES = (
    ("lessons", give_lessons),
    ("push", push_all),
    ("draw", draw_all),
    ("supplement", supplement_all),
)
