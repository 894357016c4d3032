"""Workshops of the demo: every stage and subject, one topic, everybody placed, some hosts."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.queries import current_programme
from rehearsal.demo.cast import COUNTY, PROVINCE
from workshops.domain.building import build_workshops
from workshops.domain.hosts import appoint_host, end_term
from workshops.domain.placing.placements import ask_placement, carry_out, try_placement
from workshops.domain.rooms import open_room
from workshops.domain.seats import join_workshop, leave_workshop, lock_family, move_member
from workshops.enums.hosting import Qualification
from workshops.enums.seats import WorkshopKind
from workshops.models import Membership, Workshop
from workshops.queries.seats import rooms_of

OWN_FROM = 5  # the demo's schools are few, so a county needs few people for workshops of its own
TOPIC = "class_management"
HOST = "zhuchi"
MEMBERS = ("laoshi", "wancheng", "zhengshu", "zaikao")
APPOINTED = timedelta(days=60)
SENTENCE = "调任其他工作"


def fill_workshops() -> None:
    """The province builds, places and appoints; some teachers join the topic's workshop."""
    programme = current_programme()
    officer = User.objects.get(username="xiangmu")
    province = Organisation.objects.get(code=PROVINCE)
    build_workshops(programme, province, levels=[Level.PROVINCE], topics=[TOPIC], by=officer)
    _appoint(officer)
    asked = ask_placement(programme, province, by=officer, minimum=OWN_FROM, seed="示例")
    try_placement(asked.pk, _quiet)
    carry_out(asked.pk, _quiet, by=officer)
    topic = Workshop.objects.with_place().get(topic=TOPIC, number=1)
    for username in MEMBERS:
        teacher = User.objects.get(username=username)
        join_workshop(topic, teacher=teacher, by=teacher)
    left = Membership.objects.current().filter(workshop=topic).order_by("-seat").first()
    leave_workshop(left, by=left.teacher)
    _open_second(programme, officer)


def _open_second(programme, officer: User) -> None:
    """A family of several schools has a second workshop with one person: there is much to move."""
    county = Workshop.objects.with_place().filter(programme=programme, organisation__code=COUNTY)
    sitting = Q(memberships__left_at=None)
    schools = Count("memberships__teacher__school", distinct=True, filter=sitting)
    subjects = county.filter(kind=WorkshopKind.SUBJECT, number=1).annotate(schools=schools)
    own = subjects.order_by("-schools", "-taken", "field").first()
    with transaction.atomic():
        main = lock_family(own)
        second = open_room(main, rooms_of(main.pk), by=officer)
    seat = Membership.objects.current().filter(workshop=own).order_by("-seat").first()
    move_member(seat, Workshop.objects.get(pk=second.id), by=officer)


def _appoint(officer: User) -> None:
    """The county's host, and the province's after one who was called to other work."""
    programme, today = current_programme(), timezone.localdate()
    county = Organisation.objects.get(code=COUNTY)
    build_workshops(programme, county, levels=[Level.COUNTY], by=officer)
    mathematics = {"programme": programme, "field": "subject:primary:mathematics"}
    own = Workshop.objects.with_place().get(organisation=county, **mathematics)
    above = Workshop.objects.with_place().get(organisation__code=PROVINCE, **mathematics)
    topic = Workshop.objects.with_place().get(topic=TOPIC)
    host, marker = User.objects.get(username=HOST), User.objects.get(username="piyue")
    terms = {"starts_on": today - APPOINTED, "by": officer}
    appoint_host(own, host, qualification=Qualification.SPECIAL_GRADE, **terms)
    appoint_host(topic, host, qualification=Qualification.RESEARCHER, **terms)
    first = appoint_host(above, marker, qualification=Qualification.EXPERT, **terms)
    end_term(first, why=SENTENCE, by=officer)
    appoint_host(above, marker, qualification=Qualification.RESEARCHER, **terms)


def _quiet(*_progress) -> None:
    """The seeding prints its own steps."""
