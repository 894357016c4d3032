"""Two officers at once: one draw, one announcement, one supplement."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from core.models import Job
from lessons.domain.drawing.announcing import prepare_draw
from lessons.domain.drawing.errors import DrawAnnounced
from lessons.domain.drawing.seeds import enter_seed
from lessons.domain.drawing.storing import deal_draw
from lessons.domain.drawing.supplements import make_supplement
from lessons.models import CaseAssignment
from tests.lessons.draw.scene import SEED, Scene, quiet
from tests.threads import in_own_connection, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def rival(act, then, *args, **kwargs):
    """``act`` inside a transaction while another connection begins ``then``; its outcome."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            act()
            outcome = pool.submit(in_own_connection(then), *args, **kwargs)
            assert wait_until_blocked()
        return outcome


def test_of_two_announcements_one_is_refused():
    scene = Scene(teachers=2, lessons=5)
    prepare_draw(scene.programme)
    outcome = rival(scene.announce, scene.announce, by=scene.second)
    with pytest.raises(DrawAnnounced):
        outcome.result()
    assert scene.draw.committed_by == scene.first


def test_two_confirmations_at_once_start_one_draw():
    scene = Scene(teachers=2, lessons=5)
    draw = scene.announce()
    third = scene.officer()
    enter_seed(draw.pk, SEED, by=scene.first)
    jobs = []
    outcome = rival(
        lambda: jobs.append(enter_seed(draw.pk, SEED, by=scene.second).job),
        enter_seed,
        draw.pk,
        SEED,
        by=third,
    )
    assert outcome.result().job == jobs[0]
    assert Job.objects.filter(kind="lessons.deal").count() == 1
    assert scene.draw.drawn_by == scene.second


def test_two_workers_deal_once():
    scene = Scene(teachers=2, lessons=5)
    draw = scene.announce()
    scene.confirm()
    rival(lambda: deal_draw(draw.pk, quiet), deal_draw, draw.pk, quiet).result()
    assert CaseAssignment.objects.count() == 8


def test_two_supplements_at_once_give_a_joiner_four_lessons():
    scene = Scene(teachers=2, lessons=9)
    draw = scene.deal()
    joiner = scene.enrol()
    outcome = rival(scene.supplement, make_supplement, draw.pk, by=scene.second)
    assert outcome.result() is None
    assert len(scene.hand(joiner)) == 4
    assert draw.supplements.count() == 1
