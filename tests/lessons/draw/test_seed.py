"""The seed: after its time, by two persons, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Job
from lessons.domain.drawing.announcing import prepare_draw
from lessons.domain.drawing.errors import (
    DrawNotAnnounced,
    SeedBySamePerson,
    SeedConfirmed,
    SeedEmpty,
    SeedTooEarly,
)
from lessons.domain.drawing.seeds import enter_seed
from lessons.models import Draw
from tests.lessons.draw.scene import SEED, Scene

pytestmark = pytest.mark.django_db


def test_a_seed_before_its_time_is_refused_by_rule_and_by_database():
    scene = Scene()
    tomorrow = timezone.now() + timedelta(days=1)
    draw = scene.announce(seed_known_at=tomorrow, why_late="台风停运")
    with pytest.raises(SeedTooEarly):
        enter_seed(draw.pk, SEED, by=scene.first)
    with pytest.raises(IntegrityError, match="before it can be known"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed_entered=SEED)


def test_a_seed_before_the_announcement_is_refused():
    scene = Scene()
    with pytest.raises(DrawNotAnnounced):
        enter_seed(prepare_draw(scene.programme).pk, SEED, by=scene.first)


def test_one_person_alone_starts_nothing():
    scene = Scene()
    draw = scene.announce()
    assert enter_seed(draw.pk, SEED, by=scene.first).job is None
    with pytest.raises(SeedBySamePerson):
        enter_seed(draw.pk, f" {SEED} ", by=scene.first)
    assert (scene.draw.seed, Job.objects.filter(kind="lessons.deal").count()) == ("", 0)


def test_the_second_person_confirms_in_any_spelling_and_the_draw_begins():
    scene = Scene()
    draw = scene.announce()
    enter_seed(draw.pk, SEED, by=scene.first)
    job = enter_seed(draw.pk, "０３ 08  15 22 27 31 ＋ 09", by=scene.second).job
    assert (job.kind, job.arguments) == ("lessons.deal", {"draw": draw.pk})
    assert (scene.draw.seed, scene.draw.drawn_by) == (SEED, scene.second)


def test_two_entries_that_differ_name_each_other_until_two_persons_agree():
    scene = Scene()
    draw = scene.announce()
    enter_seed(draw.pk, "1", by=scene.first)
    entered = enter_seed(draw.pk, SEED, by=scene.second)
    assert (entered.job, entered.differs_from) == (None, scene.first.real_name)
    assert enter_seed(draw.pk, SEED, by=scene.first).job is not None


def test_a_confirmed_seed_does_not_change():
    scene = Scene()
    draw = scene.announce()
    job = scene.confirm()
    assert enter_seed(draw.pk, SEED, by=scene.first).job == job
    with pytest.raises(SeedConfirmed):
        enter_seed(draw.pk, "7", by=scene.first)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="7", seed_entered="7")


def test_the_database_asks_for_two_persons():
    scene = Scene()
    draw = scene.announce()
    enter_seed(draw.pk, SEED, by=scene.first)
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed=SEED, drawn_by=scene.first)


def test_an_empty_seed_is_refused():
    scene = Scene()
    draw = scene.announce()
    with pytest.raises(SeedEmpty):
        enter_seed(draw.pk, "  ", by=scene.first)
