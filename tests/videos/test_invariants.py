"""Each invariant names the row that somebody changed behind the application's back."""

import pytest
from django.db import connection

from core.invariants import check_invariants
from tests.factories import UserFactory
from tests.videos.factories import Person, claim
from videos.invariants import INVARIANTS

pytestmark = pytest.mark.django_db

BREAKS = {
    "study_within_wall_time": "UPDATE videos_studyclock SET spent_until = started_at",
    "record_within_its_beats": "UPDATE videos_studyrecord SET last_beat_at = opened_at",
    "clock_for_every_record": "DELETE FROM videos_studyclock",
    "clock_not_ahead": "UPDATE videos_studyclock SET spent_until = now() + interval '1 day'",
    "watched_within_length": "UPDATE videos_studyrecord SET watched = '{[0,30),[900,901)}'",
    "ready_has_files": "DELETE FROM videos_rendition WHERE kind = 'poster'",
}


def broken():
    names = {f"videos.{name}" for name in BREAKS}
    found = [finding for finding in check_invariants() if finding.invariant.name in names]
    assert len(found) == len(BREAKS)
    return {finding.invariant.name for finding in found if not finding.kept}


@pytest.mark.parametrize("name", BREAKS)
def test_a_row_changed_behind_the_back_is_named(name, ready_video):
    person = Person(units=1)
    person.beat(60, claim(0, 60))
    assert broken() == set()
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[name])
    assert f"videos.{name}" in broken()


def test_every_invariant_is_tried():
    assert {f"videos.{name}" for name in BREAKS} == {rule.name for rule in INVARIANTS}


def test_a_person_without_study_breaks_nothing():
    UserFactory()
    assert broken() == set()
