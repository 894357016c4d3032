from datetime import timedelta

from django.utils import timezone

from lessons.domain.drawing.announcing import announce_draw, prepare_draw
from lessons.domain.pool.leaving import declare_exclusion
from tests.factories import UserFactory
from tests.lessons.factories import make_lesson, make_outstanding, record
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only
from tests.programmes.factories import make_enrolment, open_programme

OFFICE = only("project_officer", "province_administrator")
CITIES = only("city_administrator_home", "city_administrator_away", "province_administrator")
HOME_CITY = only("city_administrator_home", "province_administrator")
GROUP = {"stage": "primary", "subject": "chinese"}


def programme(world):
    if "programme" not in world.things:
        world.things["programme"] = open_programme()
    return world.things["programme"]


def year(world):
    programme(world)
    return {}


def group(world):
    programme(world)
    return GROUP


def home_city(world):
    programme(world)
    return {"pk": world.home_city.pk}


def chosen_lesson(world):
    lesson = make_lesson(programme(world), UserFactory(school=world.home_school), world.home_school)
    record(lesson)
    return {"lesson": [lesson.pk]}


def in_pool(world):
    return {"pk": make_outstanding(programme(world), school=world.home_school).pk}


def excluded(world):
    lesson = make_outstanding(programme(world), school=world.home_school)
    officer = world.people["project_officer"]
    made = declare_exclusion(lesson, UserFactory(), reason="亲属", by=officer)
    return {"pk": made.pk}


def announced(world):
    year_ = programme(world)
    in_pool(world)
    make_enrolment(school=world.home_school, programme=year_)
    now = timezone.now()
    announce_draw(
        prepare_draw(year_).pk,
        seed_event="双色球",
        seed_known_at=now - timedelta(days=1),
        now=now - timedelta(days=2),
        why_late="各市推送延期",
        by=world.people["project_officer"],
    )
    return {"code": year_.code}


def announced_year(world):
    announced(world)
    return {}


def announced_file(world):
    return {**announced(world), "name": "roster.csv"}


def event(world):
    known_at = timezone.localtime() + timedelta(days=1)
    return {"seed_event": "双色球", "seed_known_at": f"{known_at:%Y-%m-%dT%H:%M}"}


ROWS = [
    Row("lessons:receipt", SIGNED_IN, year),
    Row("lessons:draw", EVERYONE, year),
    Row("lessons:draw_of", EVERYONE, announced),
    Row("lessons:draw_archive", EVERYONE, announced),
    Row("lessons:draw_file", EVERYONE, announced_file),
    Row("lessons:draw_desk", OFFICE, year),
    Row("lessons:draw_desk", OFFICE, announced_year, query="?announced"),
    Row("lessons:draw_preview", OFFICE, year, "post"),
    Row("lessons:draw_announce", OFFICE, year),
    Row("lessons:draw_announce", OFFICE, year, "post", event, "?event"),
    Row("lessons:draw_seed", OFFICE, announced_year, "post", lambda world: {"seed": "03 08"}),
    Row("lessons:draw_supplement", OFFICE, year, "post"),
    Row("lessons:draw_exclusions", OFFICE, year),
    Row("lessons:draw_lift", OFFICE, excluded, "post"),
    Row("lessons:draw_withdraw", OFFICE, in_pool),
    Row("lessons:draw_commentary", OFFICE, in_pool),
    Row("lessons:draw_group", OFFICE, group),
    Row("lessons:draw_nominate", OFFICE, group, "post", chosen_lesson),
    Row("lessons:push", CITIES, year),
    Row("lessons:push_chosen", HOME_CITY, home_city, "post", chosen_lesson),
]
