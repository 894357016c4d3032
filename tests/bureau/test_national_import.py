"""National lessons by list: once, with their recordings, and the same file changes nothing (R8)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from bureau.domain.batches import apply_batch
from bureau.domain.export_kinds import EXPORT_KINDS
from bureau.domain.exports import make_export, request_export
from bureau.domain.sealed_files import read_sealed
from bureau.enums import BatchState
from bureau.errors import ScopeLost
from bureau.models import ImportBatch
from courses.domain.reading import reading_seconds
from lessons.domain.national import add_national_lesson
from lessons.models import NationalLesson
from tests.bureau.importing import bring_in, codes, counts, dry_run, quietly
from tests.courses.factories import make_programme
from tests.factories import UserFactory, appoint, make_branch
from tests.lessons.factories import make_lesson, make_national, make_video, record
from tests.threads import in_own_connection, wait_until_blocked
from videos.models import StudyRecord, Video

pytestmark = pytest.mark.django_db
FIRST_LINE = 3
TEXT = "教师把学生的疑问写在黑板上。\n整节课都围绕它展开。"


@pytest.fixture
def office():
    """The province's project office, in a year that is under way."""
    programme = make_programme()
    province, *_between, school = make_branch()
    officer = UserFactory()
    appoint(officer, Role.PROJECT_OFFICER, province)
    given = {"by": officer, "organisation": province, "kind": "national_lessons"}
    return given, programme, school


def row(title="桂花雨", **changed):
    return {
        "title": title,
        "teacher_name": "顾清和",
        "stage": "primary",
        "subject": "chinese",
        "school_name": "示范小学",
        "commentator": "何知新",
        "commentary": TEXT,
    } | changed


def film(office, name="桂花雨.mp4", **fields):
    video = make_video(office[0]["by"])
    Video.objects.filter(pk=video.pk).update(original_name=name, **fields)
    return video


def whole():
    return list(NationalLesson.objects.order_by("pk").values())


def test_a_list_offers_lessons_behind_those_that_are_there(office):
    given, programme, _school = office
    make_national(programme, subject="chinese", position=4)
    batch = bring_in([row(), row("赵州桥", grade="三年级（上）"), row(subject="english")], **given)
    assert counts(batch) == (3, 0, 0, 0)
    lesson = NationalLesson.objects.get(title="赵州桥")
    assert (lesson.position, lesson.grade, lesson.edition) == (6, "三年级（上）", "")
    assert lesson.commentary == TEXT
    assert lesson.commentary_unit.length_seconds == reading_seconds(TEXT)
    assert NationalLesson.objects.get(subject="english").position == 1


def test_the_same_list_again_changes_nothing(office):
    given, _programme, _school = office
    film(office)
    rows = [row(recording="桂花雨.mp4"), row("赵州桥")]
    bring_in(rows, **given)
    before = whole()
    assert counts(dry_run(rows, **given)) == (0, 0, 2, 0)
    assert whole() == before


def test_a_row_corrects_what_it_names_and_keeps_what_it_leaves_empty(office):
    given, programme, _school = office
    lesson = make_national(programme, subject="chinese", title="桂花雨", teacher_name="顾清和")
    video = film(office)
    record_of_reading = StudyRecord.objects.create(
        user=given["by"],
        unit=lesson.commentary_unit,
        watched=[(0, 110)],
        opened_at=timezone.now(),
        last_beat_at=timezone.now(),
    )
    changed = row(school_name="", commentator="", recording=f"{video.pk:064x}")
    changed["recording"] = video.sha256.upper()
    batch = bring_in([changed], **given)
    assert counts(batch) == (0, 1, 0, 0)
    lesson.refresh_from_db()
    assert (lesson.school_name, lesson.commentator) == ("示范小学", "周知行")
    assert (lesson.video_id, lesson.commentary) == (video.pk, TEXT)
    record_of_reading.refresh_from_db()
    assert record_of_reading.watched_seconds == lesson.commentary_unit.length_seconds < 110


def test_a_recording_by_name_must_be_the_only_one(office):
    given, *_rest = office
    film(office)
    second = film(office)
    assert codes(dry_run([row(recording="桂花雨.mp4")], **given)) == {
        FIRST_LINE: ["recording_ambiguous"]
    }
    bring_in([row(recording=second.sha256)], **given)
    assert NationalLesson.objects.get().video == second
    # the other one is the only free one of its name now, and the own one stays by its name
    assert counts(dry_run([row(recording="桂花雨.mp4")], **given)) == (0, 0, 1, 0)


def test_a_recording_that_is_not_free_is_refused(office):
    given, programme, school = office
    pupils = record(make_lesson(programme, school=school)).video
    broken = film(office, "坏.mp4", state="failed")
    taken = make_national(programme).video
    asked = [pupils.sha256, taken.sha256, broken.sha256, "没有.mp4"]
    Video.objects.filter(pk=pupils.pk).update(programme=programme)
    rows = [row(f"第{at}课", recording=name) for at, name in enumerate(asked)]
    assert codes(dry_run(rows, **given)) == {
        FIRST_LINE: ["recording_unknown"],
        FIRST_LINE + 1: ["recording_taken"],
        FIRST_LINE + 2: ["recording_failed"],
        FIRST_LINE + 3: ["recording_unknown"],
    }


def test_two_rows_share_neither_lesson_nor_recording(office):
    given, *_rest = office
    film(office)
    rows = [row(recording="桂花雨.mp4"), row(), row("赵州桥", recording="桂花雨.mp4")]
    assert codes(dry_run(rows, **given)) == {
        FIRST_LINE + 1: ["duplicate_row"],
        FIRST_LINE + 2: ["recording_twice"],
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stage": "university"}, "stage_unknown"),
        ({"subject": "physics"}, "subject_unknown"),
        ({"teacher_name": ""}, "title_missing"),
        ({"grade": "长" * 41}, "too_long"),
        ({"commentary": "<script></script>"}, "commentary_empty"),
        ({"commentator": ""}, "particulars_missing"),
    ],
)
def test_what_cannot_be_offered_is_refused(office, change, code):
    given, *_rest = office
    assert code in codes(dry_run([row(**change)], **given))[FIRST_LINE]


def test_a_withdrawn_lesson_does_not_come_back_by_a_list(office):
    given, programme, _school = office
    make_national(
        programme,
        subject="chinese",
        title="桂花雨",
        teacher_name="顾清和",
        withdrawn_at=timezone.now(),
    )
    assert codes(dry_run([row()], **given)) == {FIRST_LINE: ["lesson_withdrawn"]}


def test_an_export_comes_back_and_changes_nothing(office):
    given, programme, _school = office
    film(office)
    bring_in([row(recording="桂花雨.mp4"), row("穷人（节选）", commentary="很 <b>好</b>")], **given)
    make_national(programme, commentary="一\r\n二", title="两 个  空格")
    export = request_export(
        EXPORT_KINDS["national_lessons"], given["organisation"], by=given["by"], language="zh-hans"
    )
    content = read_sealed(make_export(export.pk, quietly).file)
    assert counts(dry_run([], **given, content=content)) == (0, 0, 3, 0)


def test_only_the_office_brings_them_in_and_takes_them_out(office):
    given, _programme, school = office
    principal = UserFactory(school=school)
    appoint(principal, Role.PRINCIPAL, school)
    with pytest.raises(ScopeLost):
        dry_run([row()], **given | {"by": principal, "organisation": school})
    with pytest.raises(ScopeLost):
        request_export(EXPORT_KINDS["national_lessons"], school, by=principal, language="en")


@pytest.mark.django_db(transaction=True)
def test_a_lesson_that_is_added_by_hand_meanwhile_is_found_by_the_list(office):
    given, programme, _school = office
    batch = dry_run([row()], **given)
    ImportBatch.objects.update(state=BatchState.IMPORTING)
    content = {**row(), "commentary": TEXT}
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        add_national_lesson(programme, "primary", "chinese", content, by=given["by"])
        outcome = pool.submit(in_own_connection(apply_batch), batch.pk, quietly)
        assert wait_until_blocked()
    assert counts(outcome.result()) == (0, 0, 1, 0)
    assert NationalLesson.objects.count() == 1
