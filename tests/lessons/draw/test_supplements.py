"""After the draw: joiners, corrections, withdrawn and nominated lessons, always provable."""

import pytest
from django.utils import timezone

from lessons.domain.drawing.errors import DrawNotDrawn
from lessons.domain.pool.leaving import declare_exclusion, withdraw_outstanding
from lessons.enums import Replaced, ReviewState
from lessons.models import CaseAssignment
from notifications.models import Notification
from tests.lessons.draw.scene import Scene, publish_to
from tests.lessons.draw.test_verify_draw import verify
from tests.lessons.factories import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene(teachers=5, lessons=8)
    scene.deal()
    return scene


def hands(scene):
    cases = scene.draw.assignments.standing().order_by("user_id", "position")
    return {(case.user_id, case.position): case.lesson_id for case in cases}


def reviewed(scene, enrolment, position=1):
    case = scene.draw.assignments.get(user=enrolment.user, position=position)
    make_review(case, state=ReviewState.SENT, sent_at=timezone.now(), text="好")
    return case.lesson


def test_without_news_nothing_is_made(scene):
    assert scene.supplement() is None
    assert scene.draw.supplements.count() == 0


def test_a_joiner_gets_four_and_nobody_else_is_touched(scene):
    before = hands(scene)
    joiner = scene.enrol()
    made = scene.supplement()
    after = hands(scene)
    assert {place: after[place] for place in before} == before
    assert len(scene.hand(joiner)) == 4
    assert made.statistics == {"teachers": 1, "short": 0, "added": 0, "withdrawn": 0}
    assert scene.supplement() is None


def test_a_withdrawn_lesson_is_replaced_unless_it_was_reviewed(scene):
    gone = scene.pool[0]
    holders = CaseAssignment.objects.filter(lesson=gone).values_list("user_id", flat=True)
    kept = next(one for one in scene.enrolments if one.user_id == holders[0])
    make_review(
        CaseAssignment.objects.get(lesson=gone, user=kept.user),
        state=ReviewState.SENT,
        sent_at=timezone.now(),
    )
    withdraw_outstanding(gone.pk, why="重复课", by=scene.first)
    scene.supplement()
    standing = CaseAssignment.objects.standing().filter(lesson=gone)
    assert [case.user_id for case in standing] == [kept.user_id]
    replaced = CaseAssignment.objects.filter(lesson=gone).exclude(replaced_at=None)
    assert {case.why_replaced for case in replaced} == {Replaced.WITHDRAWN}
    assert all(len(scene.hand(one)) == 4 for one in scene.enrolments)
    told = Notification.objects.filter(kind="lessons.draw_supplement")
    assert {notice.user_id for notice in told} == {case.user_id for case in replaced}


def test_a_corrected_subject_brings_new_lessons_and_keeps_reviewed_ones(scene):
    maths = [scene.give(subject="mathematics") for _ in range(5)]
    moved = scene.enrolments[0]
    kept = reviewed(scene, moved, position=2)
    scene.correct(moved, subject="mathematics")
    scene.supplement()
    hand = scene.hand(moved)
    assert hand[1] == kept
    assert {one.pk for one in hand} - {kept.pk} < {one.pk for one in maths}
    assert len(hand) == 4
    assert scene.draw.roster_lines.get(user=moved.user).subject == "mathematics"


def test_a_corrected_school_gives_back_only_what_is_now_of_the_own_school(scene):
    moved = scene.enrolments[0]
    before = scene.hand(moved)
    scene.correct(moved, school=before[2].lesson.school)
    scene.supplement()
    after = scene.hand(moved)
    assert [one for place, one in enumerate(after) if place != 2] == [
        one for place, one in enumerate(before) if place != 2
    ]
    assert after[2] != before[2]


def test_a_corrected_school_without_consequence_is_only_noted(scene):
    moved = scene.enrolments[0]
    elsewhere = scene.new_school()
    scene.correct(moved, school=elsewhere)
    assert scene.supplement() is None
    assert scene.draw.roster_lines.get(user=moved.user).school == elsewhere


def test_an_exclusion_declared_later_takes_the_lesson_back(scene):
    teacher = scene.enrolments[0]
    close = scene.hand(teacher)[0]
    declare_exclusion(close, teacher.user, reason="师徒", by=scene.first)
    scene.supplement()
    assert close not in scene.hand(teacher)
    case = CaseAssignment.objects.get(user=teacher.user, lesson=close)
    assert case.why_replaced == Replaced.EXCLUDED


def test_a_nominated_lesson_tops_up_who_was_short():
    scene = Scene(teachers=2, lessons=3)
    scene.deal()
    nominated = scene.give(nominated=True)
    scene.supplement()
    assert all(nominated in scene.hand(one) for one in scene.enrolments)
    assert not scene.draw.roster_lines.filter(missing__gt=0).exists()
    assert {case.rung for case in nominated.assignments.all()} == {"nominated"}


def test_two_supplements_are_chained_and_the_tool_follows(scene, tmp_path):
    scene.enrol()
    first = scene.supplement()
    scene.give(subject="chinese")
    withdraw_outstanding(scene.pool[0].pk, why="重复课", by=scene.first)
    scene.enrol(school=scene.pool[1].lesson.school)
    second = scene.supplement()
    assert (first.number, second.number) == (1, 2)
    code, lines = verify(publish_to(tmp_path, scene.draw))
    assert (code, lines[-1]) == (0, "Everything agrees.")


def test_no_supplement_before_the_draw():
    scene = Scene()
    scene.announce()
    with pytest.raises(DrawNotDrawn):
        scene.supplement()
