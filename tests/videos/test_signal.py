import pytest
from django.db import transaction

from tests.videos.factories import Person, claim
from videos.models import StudyRecord
from videos.signals import unit_studied

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    news = []

    def listen(sender, signal, **told):
        assert transaction.get_connection().in_atomic_block
        news.append(told)

    unit_studied.connect(listen)
    yield news
    unit_studied.disconnect(listen)


def test_growth_is_told_with_the_sum_before_and_after(heard):
    person = Person(units=1)
    person.beat(30, claim(0, 30))
    person.beat(60, claim(15, 60))
    person.beat(60, claim(15, 60))
    unit = person.units[0]
    told = {
        "user_id": person.user.pk,
        "unit_id": unit.pk,
        "length_seconds": 600,
        "needed_percent": 0,
    }
    assert heard == [
        {**told, "before_seconds": 0, "watched_seconds": 30},
        {**told, "before_seconds": 30, "watched_seconds": 60},
    ]


def test_a_receiver_that_fails_takes_the_credit_back_with_it(heard):
    person = Person(units=1)

    def fail(**told):
        raise RuntimeError

    unit_studied.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            person.beat(30, claim(0, 30))
    finally:
        unit_studied.disconnect(fail)
    assert not StudyRecord.objects.filter(watched_seconds__gt=0).exists()
