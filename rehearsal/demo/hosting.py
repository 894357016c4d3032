"""A call for hosts of topics with applications in every state; lists filed, returned, changed."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from organisations.enums import Level
from organisations.models import Organisation
from programmes.queries import current_programme
from rehearsal.demo import hosting_texts as texts
from rehearsal.demo.cast import COUNTY, OTHER_COUNTY, PROVINCE, STAFF, TEACHERS
from workshops.domain.building import build_workshops
from workshops.domain.host_lists.filing import review_list, send_list
from workshops.domain.host_lists.reminding import set_last_day
from workshops.domain.hosting.announcing import announce_calls
from workshops.domain.hosting.applications import (
    decline_to_recommend,
    recommend,
    volunteer,
    withdraw,
)
from workshops.domain.hosting.calls import open_call
from workshops.domain.hosting.selection import decline_application, select_applications
from workshops.domain.hosts import appoint_host, end_term
from workshops.enums.hosting import ListState, Qualification
from workshops.models import HostApplication, HostCall, Workshop

PLACES = {"class_management": 2, "pupil_mental_health": 2, "research_methods": 1}


def call_for_hosts() -> None:
    """The call is six days old; its applications stand in every state there is."""
    programme, today = current_programme(), timezone.localdate()
    office, province = _user("xiangmu"), _unit(PROVINCE)
    build_workshops(
        programme,
        province,
        levels=[Level.PROVINCE],
        topics=[*PLACES],
        with_subjects=False,
        by=office,
    )
    days = (today - timedelta(days=6), today + timedelta(days=9), today + timedelta(days=12))
    title, text = texts.CALL
    call = open_call(
        programme, province, title=title, text=text, days=days, places=PLACES, by=office
    )
    announce_calls(today)
    head, county = _user("xiaozhang"), _user("lixia")
    _volunteers(call, _user("laoshi"), texts.LAOSHI)
    for username in ("zhengshu", "wancheng"):
        one = _volunteers(call, _user(username), getattr(texts, username.upper()))
        recommend(one, words=texts.WORDS[username], edits=0, by=head)
    refused = _volunteers(call, _user("zaikao"), texts.ZAIKAO)
    decline_to_recommend(refused, words=texts.WORDS["zaikao"], edits=0, by=head)
    _decided(call, office, county)


def _decided(call: HostCall, office: User, county: User) -> None:
    """Teachers of another school: one hosts, one does not, one has stepped back."""
    people = _colleagues("泉城路初级中学", 3)
    chosen, declined, left = (
        _volunteers(call, person, words) for person, words in zip(people, texts.OTHERS, strict=True)
    )
    for one in (chosen, declined):
        recommend(one, words=texts.WORDS["county"], edits=0, by=county)
    room = Workshop.objects.with_place().get(
        programme=call.programme, topic=chosen.topic.topic, number=1
    )
    select_applications(
        [chosen],
        workshops={chosen.topic_id: room},
        starts_on=timezone.localdate(),
        ends_on=call.programme.ends_on,
        by=office,
    )
    decline_application(declined, words=texts.WORDS["not_selected"], by=office)
    withdraw(left, by=left.applicant)


def file_lists() -> None:
    """One county's list is filed and a new version on its way; another's came back.

    Their city has appointed nobody, so its own list is still missing.
    """
    programme, today = current_programme(), timezone.localdate()
    chief, city, keeper = _user("xiangmu"), _user("jinan"), _user("lixia")
    county, other = _unit(COUNTY), _unit(OTHER_COUNTY)
    set_last_day(programme, today + timedelta(days=20), by=chief)
    teachers = _colleagues("明湖路实验小学", 3)
    for subject, teacher in zip(("chinese", "english", "science"), teachers, strict=True):
        _appoint(county, subject, teacher, keeper, programme.ends_on)
    filed = send_list(county, programme, by=keeper)
    review_list(filed, ListState.FORWARDED, words=texts.FORWARDED, by=city)
    review_list(filed, ListState.FILED, by=chief)
    leaving = teachers[1].hostings.get(workshop__organisation=county)
    end_term(leaving, why=texts.LEFT, by=keeper)
    _appoint(county, "english", _colleagues("明湖路实验小学", 4)[3], keeper, programme.ends_on)
    send_list(county, programme, by=keeper)

    second = _user("shizhong")
    build_workshops(programme, other, levels=[Level.COUNTY], by=chief)
    _appoint(other, "mathematics", _colleagues("经七路第二小学", 1)[0], second, None)
    returned = send_list(other, programme, by=second)
    review_list(returned, ListState.RETURNED, words=texts.RETURNED, by=city)


def _appoint(
    unit: Organisation, subject: str, teacher: User, by: User, ends_on: date | None
) -> None:
    workshop = Workshop.objects.with_place().get(
        programme=current_programme(),
        organisation=unit,
        field=f"subject:primary:{subject}",
        number=1,
    )
    appoint_host(
        workshop,
        teacher,
        qualification=Qualification.SPECIAL_GRADE,
        starts_on=timezone.localdate(),
        ends_on=ends_on,
        by=by,
    )


def _volunteers(call: HostCall, person: User, words: tuple[str, str, str]) -> HostApplication:
    topic, qualification, statement = words
    sought = call.topics.get(topic=topic)
    return volunteer(sought, qualification=qualification, statement=statement, by=person)


def _colleagues(school: str, count: int) -> list[User]:
    """The school's people who have no printed account."""
    printed = [plan.username for plan in (*STAFF, *TEACHERS)]
    people = User.objects.filter(school__name=school, is_active=True).exclude(username__in=printed)
    return list(people.select_related("school").order_by("pk")[:count])


def _user(username: str) -> User:
    return User.objects.select_related("school").get(username=username)


def _unit(code: str) -> Organisation:
    return Organisation.objects.select_related("parent__parent").get(code=code)
