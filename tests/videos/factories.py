"""Study units, pages and beats for tests."""

from datetime import UTC, datetime, timedelta

from tests.factories import UserFactory
from videos.domain.clock import record_beat
from videos.domain.settlement import Claim, Page
from videos.domain.units import reading_unit
from videos.models import StudyClock, StudyRecord

MORNING = datetime(2017, 6, 15, 0, 0, tzinfo=UTC)  # 8:00 in Shandong


def at(seconds):
    """The moment so many seconds after the morning began."""
    return MORNING + timedelta(seconds=seconds)


def page(opened=0, speed=150, earns_for=7200):
    return Page(at(opened), at(opened + earns_for), speed)


def claim(start, end, ago=0):
    return Claim(start, end, timedelta(seconds=ago))


class Person:
    """One person whose beats go through the real clock in the database."""

    def __init__(self, units=3, length=600):
        self.user = UserFactory()
        self.units = [reading_unit(f"单元{number}", length) for number in range(units)]

    def beat(self, now, *claims, unit=0, on=None):
        on = on or page()
        return record_beat(self.user.pk, self.units[unit].pk, on, claims, now=at(now))

    def watched(self):
        records = StudyRecord.objects.filter(user=self.user).order_by("unit")
        return list(records.values_list("watched_seconds", flat=True))

    def last_seconds(self):
        """Where what was watched of each unit ends."""
        records = StudyRecord.objects.filter(user=self.user).values_list("watched", flat=True)
        return [spans[-1][1] for spans in records if spans]

    def total(self):
        return sum(self.watched())

    def spent_until(self):
        return StudyClock.objects.get(user=self.user).spent_until
