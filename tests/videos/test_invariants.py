"""Each invariant names the row or file that somebody changed behind the application's back."""

from pathlib import Path

import pytest
from django.db import connection

from core.invariants import check_invariants
from tests.factories import UserFactory
from tests.videos.factories import Person, claim
from videos.domain.versions import replace_video
from videos.invariants import INVARIANTS

pytestmark = pytest.mark.django_db

BREAKS = {
    "study_within_wall_time": "UPDATE videos_studyclock SET spent_until = started_at",
    "record_within_its_beats": "UPDATE videos_studyrecord SET last_beat_at = opened_at",
    "clock_for_every_record": "DELETE FROM videos_studyclock",
    "clock_not_ahead": "UPDATE videos_studyclock SET spent_until = now() + interval '1 day'",
    "watched_within_length": "UPDATE videos_studyrecord SET watched = '{[0,30),[900,901)}'",
    "ready_has_files": "DELETE FROM videos_rendition WHERE kind = 'poster'",
    "texts_have_their_file": "DELETE FROM videos_rendition WHERE kind = 'sprite'",
    "versions_in_line": (
        "UPDATE videos_video SET added_at = '2017-01-01' WHERE replaces_id IS NOT NULL"
    ),
    "files_in_the_store": lambda files: files["stream"].unlink(),
    "no_orphan_files": lambda files: files["mp4"].with_suffix(".old").write_bytes(b"old"),
    "files_unaltered": lambda files: files["original"].write_bytes(b"other"),
}

TRIED_ELSEWHERE = {  # in test_uploads_taking
    "upload_has_file",
    "taken_upload_has_file",
    "no_orphan_uploads",
    "uploads_within_allowance",
    "taken_as_sent",
}


def broken():
    names = {f"videos.{name}" for name in BREAKS}
    checked = check_invariants(files=True)
    found = [finding for finding in checked if finding.invariant.name in names]
    assert len(found) == len(BREAKS)
    return {finding.invariant.name for finding in found if not finding.kept}


@pytest.mark.parametrize("name", BREAKS)
def test_what_was_changed_behind_the_back_is_named(name, ready_video, prepared):
    person = Person(units=1)
    person.beat(60, claim(0, 60))
    replace_video(ready_video, prepared.video(ready_video.added_by), by=None)
    assert broken() == set()
    if callable(BREAKS[name]):
        files = {made.kind: Path(made.file.path) for made in ready_video.renditions.all()}
        BREAKS[name]({**files, "original": Path(ready_video.original.path)})
    else:
        with connection.cursor() as cursor:
            cursor.execute(BREAKS[name])
    assert f"videos.{name}" in broken()


def test_whole_files_are_read_only_when_asked_for():
    assert "videos.files_unaltered" not in {each.invariant.name for each in check_invariants()}


def test_every_invariant_is_tried():
    assert {f"videos.{name}" for name in {*BREAKS, *TRIED_ELSEWHERE}} == {
        rule.name for rule in INVARIANTS
    }


def test_a_person_without_study_breaks_nothing():
    UserFactory()
    assert broken() == set()
