"""Hosts of topics: volunteer, recommended by the school, selected by the province (R34)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from core.invariants import check_invariants
from core.models import AuditRecord
from courses.errors import FileRefused
from notifications.models import Notification
from tests.factories import UserFactory, appoint, make_branch
from tests.workshops.factories import make_sub, make_workshop, seat
from tests.workshops.hosting import (
    make_call,
    make_volunteer,
    officer_of,
    select,
    topic_workshop,
)
from workshops.domain.hosting.applications import (
    decline_to_recommend,
    recommend,
    volunteer,
    withdraw,
)
from workshops.domain.hosting.calls import change_call, open_call
from workshops.domain.hosting.selection import decline_application
from workshops.errors.hosting import (
    AlreadyHost,
    ApplicationChanged,
    ApplicationMoved,
    CallClosed,
    CallDaysOutOfOrder,
    CallWithoutTopics,
    NoSchoolToRecommend,
    OwnApplication,
    PlacesGivenAway,
    PlacesTaken,
    RecommendingClosed,
    StatementMissing,
    WrongWorkshop,
)
from workshops.errors.moderation import ReasonMissing
from workshops.models import ApplicationSignature, Host, HostApplication, Membership
from workshops.permissions.hosting import can_recommend
from workshops.permissions.seats import hosts

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 15)
VERBS = ("appoint_host", "move_application", "leave")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2017-06-15 09:00 +08:00")


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def topic(branch):
    return make_call(branch[0], today=TODAY).topics.get()


def offer(topic, by, **fields):
    values = {"qualification": "expert", "statement": "我带过心理社团。"} | fields
    return volunteer(topic, by=by, **values)


def told(kind):
    return list(
        Notification.objects.filter(kind=f"workshops.{kind}").values_list("user", flat=True)
    )


def broken():
    return [one.invariant.name for one in check_invariants() if not one.kept]


def test_three_signatures_lead_to_a_term_and_each_next_in_line_is_told(branch, topic):
    province, _city, _county, school = branch
    principal = officer_of(school, Role.PRINCIPAL)
    office = officer_of(province, Role.PROJECT_OFFICER)
    teacher = UserFactory(school=school, real_name="王老师")
    application = offer(topic, teacher)
    assert told("to_recommend") == [principal.pk]
    recommend(application, words="同意推荐", edits=0, by=principal)
    assert (told("recommended"), told("to_select")) == ([teacher.pk], [office.pk])
    workshop = topic_workshop(topic.call)
    assert select(application, by=office, workshop=workshop) == 1
    application.refresh_from_db()
    signed = application.signatures.order_by("pk").values_list("state", "name", "unit", "words")
    assert list(signed) == [
        ("volunteered", "王老师", school.name, ""),
        ("recommended", principal.real_name, school.name, "同意推荐"),
        ("selected", office.real_name, province.name, ""),
    ]
    assert (application.place, application.term.qualification) == (1, "expert")
    assert hosts(teacher, workshop)
    assert AuditRecord.objects.filter(verb="workshops.move_application").count() == 3
    assert (told("appointed"), broken()) == ([teacher.pk], [])


def test_a_signature_keeps_the_name_as_it_stood_and_cannot_be_changed(branch, topic):
    application = make_volunteer(topic, branch[3])
    before = application.signatures.get().name
    type(application.applicant).objects.update(real_name="改名")
    assert application.signatures.get().name == before
    with pytest.raises(DatabaseError), transaction.atomic():
        ApplicationSignature.objects.update(name="改名")


def test_the_text_may_change_until_it_is_recommended(branch, topic):
    application = make_volunteer(topic, branch[3])
    offer(topic, application.applicant, statement="补充：有课题。")
    with pytest.raises(ApplicationChanged):
        recommend(application, words="同意", edits=0, by=UserFactory())
    recommend(application, words="同意", edits=1, by=UserFactory())
    with pytest.raises(ApplicationMoved):
        offer(topic, application.applicant, statement="再改")
    assert HostApplication.objects.get().statement == "补充：有课题。"


def test_a_file_goes_along_and_one_of_another_kind_does_not(branch, topic):
    teacher = UserFactory(school=branch[3])
    paper = SimpleUploadedFile("证书.pdf", b"%PDF-1.7 x")
    assert offer(topic, teacher, file=paper).file_name == "证书.pdf"
    with pytest.raises(FileRefused):
        offer(topic, teacher, file=SimpleUploadedFile("证书.pdf", b"MZ"))


def test_one_application_per_person_and_topic(branch, topic):
    application = make_volunteer(topic, branch[3])
    assert make_volunteer(topic, branch[3], application.applicant) == application
    assert application.signatures.count() == 1


def test_after_a_no_of_the_school_or_a_withdrawal_one_may_volunteer_again(branch, topic):
    application = make_volunteer(topic, branch[3])
    with pytest.raises(ReasonMissing):
        decline_to_recommend(application, words=" ", edits=0, by=UserFactory())
    decline_to_recommend(application, words="今年课务重", edits=0, by=UserFactory())
    assert told("not_recommended") == [application.applicant_id]
    assert offer(topic, application.applicant).state == "volunteered"
    withdraw(application, by=application.applicant)
    assert offer(topic, application.applicant).state == "volunteered"
    states = application.signatures.order_by("pk").values_list("state", flat=True)
    assert list(states) == [
        "volunteered",
        "not_recommended",
        "volunteered",
        "withdrawn",
        "volunteered",
    ]
    assert broken() == []


def test_the_last_days_hold_until_midnight(branch, topic, time_machine):
    teacher, late = UserFactory(school=branch[3]), UserFactory(school=branch[3])
    time_machine.move_to("2017-06-25 23:59:59 +08:00")
    application = offer(topic, teacher)
    time_machine.move_to("2017-06-26 00:00 +08:00")
    with pytest.raises(CallClosed):
        offer(topic, late)
    time_machine.move_to("2017-06-29 23:59:59 +08:00")
    recommend(application, words="同意", edits=0, by=UserFactory())
    other = HostApplication.objects.create(
        topic=topic, applicant=late, school=branch[3], statement="x", state="volunteered"
    )
    time_machine.move_to("2017-06-30 00:00 +08:00")
    with pytest.raises(RecommendingClosed):
        recommend(other, words="同意", edits=0, by=UserFactory())


def test_before_the_first_day_and_without_a_school_or_a_text_nobody_volunteers(branch, topic):
    with pytest.raises(NoSchoolToRecommend):
        offer(topic, UserFactory())
    with pytest.raises(StatementMissing):
        offer(topic, UserFactory(school=branch[3]), statement=" ")
    topic.call.opens_on = TODAY + timedelta(days=1)
    with pytest.raises(CallClosed):
        offer(topic, UserFactory(school=branch[3]))


def test_nobody_decides_about_their_own_application(branch, topic):
    _province, _city, county, school = branch
    principal = UserFactory(school=school)
    appoint(principal, Role.PRINCIPAL, school)
    keeps = officer_of(county)
    application = offer(topic, principal)
    assert told("to_recommend") == [keeps.pk]  # where the principal volunteers
    assert [can_recommend(one, application) for one in (principal, keeps)] == [False, True]
    with pytest.raises(OwnApplication):
        recommend(application, words="我行", edits=0, by=principal)
    recommend(application, words="同意", edits=0, by=keeps)
    with pytest.raises(OwnApplication):
        select(application, by=principal)


def test_no_more_are_selected_than_places_and_all_or_none(branch, topic):
    first, second = (make_volunteer(topic, branch[3], state="recommended") for _ in range(2))
    with pytest.raises(PlacesTaken):
        select(first, second)
    assert not Host.objects.exists()
    assert select(first) == 1
    assert select(first) == 0  # safe to repeat
    with pytest.raises(PlacesTaken):
        select(second)
    raise_places(topic.call, 2)
    assert (select(second), broken()) == (1, [])
    with pytest.raises(PlacesGivenAway, match="2"):
        raise_places(topic.call, 1)


def test_each_of_many_is_told_audited_and_signed_and_leaves_the_seat(branch):
    topic = make_call(branch[0], today=TODAY, places=3).topics.get()
    room = topic_workshop(topic.call)
    sub = make_sub(room)
    three = [make_volunteer(topic, branch[3], state="recommended") for _ in range(3)]
    held = [seat(one, who.applicant) for one, who in zip((room, sub), three, strict=False)]
    office = officer_of(branch[0], Role.PROJECT_OFFICER)
    assert select(*three, by=office, workshop=room) == 3
    places = HostApplication.objects.order_by("pk").values_list("place", "term__user", "state")
    people = [one.applicant_id for one in three]
    assert list(places) == [(n, user, "selected") for n, user in enumerate(people, 1)]
    assert sorted(told("appointed")) == people
    assert Notification.objects.filter(kind="workshops.appointed").distinct("key").count() == 3
    signed = ApplicationSignature.objects.filter(state="selected", signed_by=office)
    assert list(signed.order_by("pk").values_list("application", flat=True)) == [
        one.pk for one in three
    ]
    acts = AuditRecord.objects.filter(by=office)
    assert [acts.filter(verb=f"workshops.{verb}").count() for verb in VERBS] == [3, 3, 2]
    leaving = set(acts.filter(verb="workshops.leave").values_list("from_state", "why"))
    assert leaving == {(f"{one.workshop_id}/{one.seat}", "host") for one in held}
    assert (Membership.objects.current().count(), broken()) == (0, [])


def test_three_cost_the_statements_of_one(branch, django_assert_num_queries):
    topic = make_call(branch[0], today=TODAY, places=5).topics.get()
    five = [make_volunteer(topic, branch[3], state="recommended") for _ in range(5)]
    room, office = topic_workshop(topic.call), UserFactory()
    select(five[0], by=office, workshop=room)  # what is read once is read
    with CaptureQueriesContext(connection) as one:
        select(five[1], by=office, workshop=room)
    with django_assert_num_queries(len(one)):
        select(*five[2:], by=office, workshop=room)
    assert len(one) < 20


def test_one_person_named_twice_for_a_workshop_is_refused(branch, topic):
    other = make_call(branch[0], today=TODAY).topics.get()
    one = make_volunteer(topic, branch[3], state="recommended")
    again = make_volunteer(other, branch[3], one.applicant, state="recommended")
    with pytest.raises(AlreadyHost):
        select(one, again)
    assert not Host.objects.exists()


def raise_places(call, places):
    days = (call.opens_on, call.closes_on, call.recommends_until)
    given = {"title": call.title, "text": call.text, "days": days}
    change_call(call, places={"psychology": places}, by=UserFactory(), **given)


def test_a_selection_that_cannot_appoint_selects_nobody(branch, topic):
    application = make_volunteer(topic, branch[3], state="recommended")
    wrong = make_workshop(branch[0], kind="topic", topic="class_management")
    with pytest.raises(WrongWorkshop):
        select(application, workshop=wrong)
    room = topic_workshop(topic.call)
    Host.objects.create(
        workshop=room, user=application.applicant, qualification="other", starts_on=TODAY
    )
    with pytest.raises(AlreadyHost):
        select(application, workshop=room)
    application.refresh_from_db()
    assert (application.state, application.place) == ("recommended", None)


def test_the_province_declines_with_a_reason_and_that_is_the_end(branch, topic):
    application = make_volunteer(topic, branch[3], state="recommended")
    with pytest.raises(ReasonMissing):
        decline_application(application, words="", by=UserFactory())
    decline_application(application, words="名额有限", by=UserFactory())
    assert told("not_selected") == [application.applicant_id]
    with pytest.raises(ApplicationMoved):
        withdraw(application, by=application.applicant)
    with pytest.raises(ApplicationMoved):
        select(application)


def test_a_call_has_its_days_in_order_and_seeks_somebody(branch, topic):
    days = (TODAY, TODAY - timedelta(days=1), TODAY)
    given = {"title": "x", "text": "x", "by": UserFactory()}
    with pytest.raises(CallDaysOutOfOrder):
        open_call(topic.call.programme, branch[0], days=days, places={"psychology": 1}, **given)
    with pytest.raises(CallWithoutTopics):
        open_call(topic.call.programme, branch[0], days=(TODAY,) * 3, places={}, **given)


def test_applications_are_seen_by_the_volunteer_the_school_and_those_above(branch, topic):
    province, _city, _county, school = branch
    application = make_volunteer(topic, school)
    foreign = officer_of(make_branch()[3], Role.PRINCIPAL)
    seen = [application.applicant, officer_of(school, Role.PRINCIPAL), officer_of(province)]
    for user in seen:
        assert list(HostApplication.objects.visible_to(user)) == [application]
    for user in (foreign, UserFactory(school=school)):
        assert not HostApplication.objects.visible_to(user).exists()
