"""Calls, applications and lists of hosts for tests."""

from datetime import date, timedelta

from accounts.enums import Role
from organisations.models import Organisation
from programmes.queries import current_programme
from tests.factories import UserFactory, appoint, make_organisation
from tests.programmes.factories import open_programme
from tests.workshops.factories import host, make_workshop
from workshops.domain.hosting.applications import recommend, volunteer
from workshops.domain.hosting.calls import open_call
from workshops.domain.hosting.selection import select_applications
from workshops.enums.hosting import ApplicationState
from workshops.models import Workshop

TOPIC = "psychology"


def make_call(province, *, places=1, today=None, by=None, **topics):
    """A call that is open today, for one topic unless ``topics`` say otherwise."""
    programme = current_programme() or open_programme()
    today = today or date.today()  # noqa: DTZ011 - tests move the clock themselves
    days = (today - timedelta(days=3), today + timedelta(days=10), today + timedelta(days=14))
    return open_call(
        programme,
        province,
        title="选聘专题主持人",
        text="面向全省选聘专题工作坊主持人。",
        days=days,
        places=topics or {TOPIC: places},
        by=by or UserFactory(),
    )


def make_volunteer(topic, school, user=None, state="volunteered", **fields):
    """An application that went as far as ``state``: volunteered or recommended."""
    values = {"qualification": "researcher", "statement": "我愿意带大家学。"} | fields
    application = volunteer(topic, by=user or UserFactory(school=school), **values)
    if state == ApplicationState.RECOMMENDED:
        recommend(application, words="教学认真，同意推荐。", edits=0, by=UserFactory())
        application.refresh_from_db()
    return application


def topic_workshop(call):
    """The province's workshop of the call's first topic."""
    topic = call.topics.order_by("pk").first().topic
    found = Workshop.objects.filter(kind="topic", topic=topic, programme=call.programme)
    return found.first() or make_workshop(
        call.organisation, programme=call.programme, kind="topic", topic=topic
    )


def select(*applications, by=None, workshop=None, **days):
    call = applications[0].topic.call
    room = workshop or topic_workshop(call)
    return select_applications(
        applications,
        workshops={one.topic_id: room for one in applications},
        starts_on=days.get("starts_on", date(2017, 6, 15)),
        ends_on=days.get("ends_on"),
        by=by or UserFactory(),
    )


def officer_of(organisation, role=Role.ADMINISTRATOR):
    user = UserFactory()
    appoint(user, role, organisation)
    return user


def team(unit, count=1, **fields):
    """``count`` subject hosts in the unit's own workshop of primary-school Chinese."""
    programme = current_programme() or open_programme()
    workshop = Workshop.objects.filter(organisation=unit, programme=programme).first()
    workshop = workshop or make_workshop(unit, programme=programme)
    school = Organisation.objects.filter(path__startswith=unit.path, level=4).first()
    school = school or make_organisation(4, unit)
    return [host(workshop, UserFactory(school=school), **fields) for _ in range(count)]
