"""National lessons and drawn lessons: studied by everybody, written about by everybody (R8, R9).

The sample writes and sends through the product, one by one; what the others would have sent is
written set by set. Coverage and hours are the product's own, for everybody.
"""

import json
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from lessons.domain.hours import settle_lessons
from lessons.domain.national import (
    add_national_lesson,
    save_reflection,
    send_reflection,
    study_of,
)
from lessons.domain.review_copies import compare_reviews
from lessons.domain.reviews import begin_case_review, save_review, send_review
from lessons.domain.rubrics import current_rubric
from lessons.domain.sketches import sketch_of
from lessons.models import CaseAssignment, NationalLesson
from lessons.queries.national import national_lines
from programmes.domain.rulepacks import rule_pack_of
from rehearsal.lesson_words import commentary, reflections, said
from rehearsal.pool import RECORDING, RECORDING_SHA256
from rehearsal.study import RECORDS
from videos.domain.units import save_unit
from videos.enums import UnitKind, VideoState
from videos.models import Rendition, Video

WRITERS = 40  # of the sample, who send one by one
TEXTS = 96  # different ones among those that nobody sends one by one
LENGTH = 2400

UNITS = """
SELECT assignment.user_id, video.unit_id
  FROM lessons_draw draw
  JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
   AND assignment.replaced_at IS NULL
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
  JOIN lessons_lessonrecording recording ON recording.lesson_id = outstanding.lesson_id
  JOIN videos_video video ON video.id = recording.video_id
 WHERE draw.programme_id = %(programme)s
UNION
SELECT enrolment.user_id, unnest(ARRAY[video.unit_id, lesson.commentary_unit_id])
  FROM lessons_nationallesson lesson
  JOIN videos_video video ON video.id = lesson.video_id
  JOIN programmes_enrolment enrolment ON enrolment.programme_id = lesson.programme_id
   AND enrolment.stage = lesson.stage AND enrolment.subject = lesson.subject
   AND enrolment.state = 'approved'
 WHERE lesson.programme_id = %(programme)s
"""
STUDY = f"""
WITH units AS (
    SELECT mine.user_id, unit.id AS unit_id, unit.length_seconds, unit.length_seconds AS seconds
      FROM ({UNITS}) mine JOIN videos_studyunit unit ON unit.id = mine.unit_id
){RECORDS}"""  # noqa: S608 - literals of this package only
REFLECT = """
INSERT INTO lessons_nationalstudy (programme_id, lesson_id, user_id, reflection, saved_at, sent_at)
SELECT lesson.programme_id, lesson.id, enrolment.user_id, told.text, now(), now()
  FROM lessons_nationallesson lesson
  JOIN programmes_enrolment enrolment ON enrolment.programme_id = lesson.programme_id
   AND enrolment.stage = lesson.stage AND enrolment.subject = lesson.subject
   AND enrolment.state = 'approved' AND enrolment.user_id <> ALL (%(others)s::bigint[])
  JOIN unnest(%(texts)s::text[]) WITH ORDINALITY AS told(text, number)
    ON told.number = 1 + (enrolment.user_id + lesson.id) %% %(count)s
 WHERE lesson.programme_id = %(programme)s
ON CONFLICT (lesson_id, user_id) DO NOTHING
"""
REVIEW = """
WITH told AS (
    SELECT * FROM jsonb_to_recordset(%(said)s::jsonb)
             AS told(number int, levels jsonb, text text, sketch bigint[])
)
INSERT INTO lessons_review
       (programme_id, lesson_id, recording_id, reviewer_id, assignment_id, rubric_id, levels, text,
        sketch, state, revision, saved_at, sent_at, compared_at, answer)
SELECT draw.programme_id, outstanding.lesson_id, recording.id, assignment.user_id, assignment.id,
       %(rubric)s, told.levels, told.text, told.sketch, 'sent', 2, now(), now(), now(), ''
  FROM lessons_draw draw
  JOIN lessons_caseassignment assignment ON assignment.draw_id = draw.id
   AND assignment.replaced_at IS NULL AND assignment.user_id <> ALL (%(others)s::bigint[])
  JOIN lessons_outstandinglesson outstanding ON outstanding.id = assignment.lesson_id
  JOIN lessons_lessonrecording recording ON recording.lesson_id = outstanding.lesson_id
  JOIN told ON told.number = assignment.id %% %(count)s
 WHERE draw.programme_id = %(programme)s
ON CONFLICT (lesson_id, reviewer_id) DO NOTHING
"""


def offer_national(year) -> int:
    """As many national lessons of every stage and subject as the year offers. Returns: lessons."""
    pack = rule_pack_of(year.programme)
    name = default_storage.save("videos/originals/national.mp4", ContentFile(RECORDING))
    for stage, subjects in pack.stage_subjects.items():
        for subject in subjects:
            for number in range(1, pack.national_lessons.offered + 1):
                title = f"{subject.title_zh}优课{number}"
                content = {
                    "title": title,
                    "teacher_name": f"执教{number}",
                    "school_name": "演练实验学校",
                    "commentator": "点评专家",
                    "commentary": commentary(title),
                    "video": _film(title, name, year.officer),
                }
                add_national_lesson(year.programme, stage, subject.key, content, by=year.officer)
    return NationalLesson.objects.filter(programme=year.programme).count()


def _film(title: str, file: str, officer) -> Video:
    stored = {"size_bytes": len(RECORDING), "sha256": RECORDING_SHA256}
    video = Video.objects.create(
        unit=save_unit(None, UnitKind.VIDEO, title, LENGTH),
        title=title,
        original=file,
        original_name="lesson.mp4",
        state=VideoState.READY,
        duration_seconds=LENGTH,
        width=1280,
        height=720,
        added_by=officer,
        **stored,
    )
    for kind in ("mp4", "poster"):
        Rendition.objects.create(video=video, kind=kind, file=file, **stored)
    return video


@transaction.atomic
def watch_all(year) -> int:
    """Everybody watches the own lessons to the end and reads the commentaries; the product notes
    what is covered. Returns: units covered."""
    with connection.cursor() as cursor:
        cursor.execute(STUDY, {"programme": year.programme.pk})
    covered, _posted = settle_lessons(year.programme)
    return covered


def by_awards(year) -> set[int]:
    """Who of the sample writes nothing and gets the hours by awards of two persons."""
    sample = year.sample()
    return {enrolment.user_id for enrolment in sample[-(len(sample) // 10 or 1) :]}


def write_sample(year) -> int:
    """Some of the sample draft and send, and get the hours at once. Returns: texts sent."""
    passed_over, sent = by_awards(year), 0
    for enrolment in year.sample()[:WRITERS]:
        if enrolment.user_id not in passed_over:
            sent += _reflect(enrolment, year.programme) + _review(enrolment, year.programme)
    return sent


def _reflect(enrolment, programme) -> int:
    lines = national_lines(enrolment.user, enrolment, programme)
    for number, line in enumerate(lines):
        study = study_of(line.id, user=enrolment.user, programme=programme)
        text = reflections(enrolment.user_id + number)
        send_reflection(save_reflection(study, text[: len(text) // 2]), text)
    return len(lines)


def _review(enrolment, programme) -> int:
    mine = CaseAssignment.objects.standing().filter(draw__programme=programme, user=enrolment.user)
    cases = list(mine.select_related("lesson__lesson", "draw__programme", "user"))
    for case in cases:
        review = begin_case_review(case)
        levels, text = said(review.rubric, case.pk)
        save_review(review, levels=levels, text=text, revision=review.revision, user=enrolment.user)
        send_review(review)
    return len(cases)


@transaction.atomic
def write_rest(year) -> int:
    """What all others sent. Returns: texts."""
    rubric = current_rubric()
    values: dict[str, Any] = {
        "programme": year.programme.pk,
        "others": list(by_awards(year)),
        "count": TEXTS,
        "texts": [reflections(number) for number in range(TEXTS)],
        "rubric": rubric.pk,
        "said": json.dumps([_told(rubric, number) for number in range(TEXTS)]),
    }
    with connection.cursor() as cursor:
        cursor.execute(REFLECT, values)
        texts = cursor.rowcount
        cursor.execute(REVIEW, values)
        return texts + cursor.rowcount


def _told(rubric, number: int) -> dict[str, Any]:
    levels, text = said(rubric, number)
    whole = "\n".join([*(line["reason"] for line in levels.values()), text])
    return {"number": number, "levels": levels, "text": text, "sketch": sketch_of(whole)}


def settle_all(year) -> int:
    """Hours for everybody's lessons. Returns: lines posted."""
    _covered, posted = settle_lessons(year.programme)
    return posted


def compare_sample(year) -> int:
    """The nightly search for copies, over as many reviews as people wrote one by one."""
    return compare_reviews(WRITERS)


STAGES = (
    ("national", offer_national),
    ("lesson_study", watch_all),
    ("reviews_one_by_one", write_sample),
    ("reviews", write_rest),
    ("lesson_settlement", settle_all),
    ("review_copies", compare_sample),
)
