"""A small province before and after its draw, for tests."""

from datetime import timedelta

from django.utils import timezone

from accounts.enums import Role
from lessons.domain.drawing.announcing import announce_draw, prepare_draw
from lessons.domain.drawing.publication import published_files
from lessons.domain.drawing.seeds import enter_seed
from lessons.domain.drawing.storing import deal_draw
from lessons.domain.drawing.supplements import make_supplement
from lessons.models import Draw
from organisations.enums import Level
from programmes.models import Enrolment
from tests.factories import UserFactory, appoint, make_branch, make_organisation
from tests.lessons.factories import make_lesson, make_outstanding
from tests.programmes.factories import make_enrolment, open_programme

SEED = "03 08 15 22 27 31 + 09"
EVENT = "中国福利彩票双色球第2017066期开奖号码"


class Scene:
    """One county with a school of teachers and schools that gave lessons.

    ``teachers`` work at ``school``; each lesson comes from a school of its own unless given.
    """

    def __init__(self, teachers=6, lessons=8):
        self.programme = open_programme()
        self.province, self.city, self.county, self.school = make_branch()
        self.first, self.second = (self.officer() for _ in range(2))
        self.enrolments = [self.enrol() for _ in range(teachers)]
        self.pool = [self.give() for _ in range(lessons)]

    def officer(self):
        user = UserFactory()
        appoint(user, Role.PROJECT_OFFICER, self.province)
        return user

    def new_school(self):
        return make_organisation(Level.SCHOOL, self.county)

    def enrol(self, school=None, **fields):
        return make_enrolment(school=school or self.school, programme=self.programme, **fields)

    def give(self, school=None, teacher=None, programme=None, lesson=None, **fields):
        """A lesson in the pool."""
        programme = programme or self.programme
        school = school or self.new_school()
        values = {key: fields[key] for key in ("stage", "subject") if key in fields}
        lesson = lesson or make_lesson(
            programme, teacher or UserFactory(school=school), school, **values
        )
        return make_outstanding(programme, lesson, **fields)

    @property
    def draw(self):
        return Draw.objects.get(programme=self.programme)

    def announce(self, **fields):
        """Announced in the window of the year, for an event of the day after."""
        values = {"seed_event": EVENT, "by": self.first} | fields
        now = timezone.now()
        values.setdefault("now", now - timedelta(days=14))
        values.setdefault("seed_known_at", now - timedelta(days=13))
        return announce_draw(prepare_draw(self.programme).pk, **values)

    def confirm(self, seed=SEED):
        enter_seed(self.draw.pk, seed, by=self.first)
        return enter_seed(self.draw.pk, seed, by=self.second).job

    def deal(self):
        """From an empty table to everybody's lessons."""
        self.announce()
        self.confirm()
        deal_draw(self.draw.pk, quiet)
        return self.draw

    def supplement(self):
        return make_supplement(self.draw.pk, by=self.first)

    def hand(self, enrolment):
        """Outstanding lessons by position, as they stand."""
        cases = self.draw.assignments.standing().filter(user=enrolment.user)
        return [case.lesson for case in cases.order_by("position").select_related("lesson")]

    def correct(self, enrolment, **fields):
        Enrolment.objects.filter(pk=enrolment.pk).update(**fields)


def quiet(*_progress):
    """Nobody watches a test's progress."""


def publish_to(folder, draw):
    """The published files in a folder, as somebody would have downloaded them."""
    for file in published_files(draw):
        (folder / file.name).write_bytes(file.read())
    return folder
