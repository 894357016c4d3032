"""Two officers at once: the topic's row and the list's row decide. And every walk is in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import DomainError
from core.invariants import check_invariants
from programmes.domain.rulepacks import rule_pack_of
from programmes.queries import current_programme
from tests.factories import UserFactory, make_branch
from tests.programmes.factories import open_programme
from tests.threads import outcome_of_rival
from tests.workshops.hosting import make_call, make_volunteer, select, team, topic_workshop
from workshops.domain.host_lists.filing import send_list
from workshops.domain.hosting.applications import (
    decline_to_recommend,
    recommend,
    volunteer,
    withdraw,
)
from workshops.domain.hosting.selection import decline_application
from workshops.enums.hosting import NEXT_APPLICATION_STATES
from workshops.models import Host, HostApplication, ListVersion


def refused(act):
    """What ``act`` returns, or the name of the refusal."""

    def run():
        try:
            return act()
        except DomainError as refusal:
            return type(refusal).__name__

    return run


@pytest.mark.django_db(transaction=True)
def test_two_officers_give_the_last_place_to_one_volunteer():
    province, _city, _county, school = make_branch()
    topic = make_call(province).topics.get()
    first, second = (make_volunteer(topic, school, state="recommended") for _ in range(2))
    officers = [UserFactory(), UserFactory()]
    room = topic_workshop(topic.call)
    rule_pack_of(topic.call.programme)

    outcome = outcome_of_rival(
        lambda: select(first, by=officers[0], workshop=room),
        refused(lambda: select(second, by=officers[1], workshop=room)),
    )

    assert outcome == "PlacesTaken"
    assert list(HostApplication.objects.filter(place=1)) == [first]
    assert Host.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_send_one_list_make_one_version():
    open_programme()
    county = make_branch()[2]
    team(county)
    programme, officers = current_programme(), [UserFactory(), UserFactory()]
    send_list(county, programme, by=officers[0])
    ListVersion.objects.update(state="returned")

    outcome = outcome_of_rival(
        lambda: send_list(county, programme, by=officers[0]),
        refused(lambda: send_list(county, programme, by=officers[1])),
    )

    assert outcome == ListVersion.objects.get(number=2)
    assert ListVersion.objects.count() == 2


ACTS = {
    "volunteer": lambda one: volunteer(
        one.topic, qualification="other", statement="再写", by=one.applicant
    ),
    "recommend": lambda one: recommend(one, words="同意", edits=one.edits, by=UserFactory()),
    "decline_to_recommend": lambda one: decline_to_recommend(
        one, words="课务重", edits=one.edits, by=UserFactory()
    ),
    "withdraw": lambda one: withdraw(one, by=one.applicant),
    "select": lambda one: select(one),
    "decline": lambda one: decline_application(one, words="名额有限", by=UserFactory()),
}


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=7))
def test_whatever_is_tried_in_whatever_order_every_step_is_allowed_and_signed(walk):
    province, _city, _county, school = make_branch()
    application = make_volunteer(make_call(province).topics.get(), school)
    for name in walk:
        before = HostApplication.objects.get(pk=application.pk)
        outcome = refused(lambda name=name, one=before: ACTS[name](one))()
        after = HostApplication.objects.get(pk=application.pk)
        if after.state != before.state:
            assert after.state in NEXT_APPLICATION_STATES[before.state]
            assert after.signatures.order_by("pk").last().state == after.state
        elif outcome == "ApplicationMoved":
            assert after.signatures.count() == before.signatures.count()
        assert (after.term is not None) == (after.state == "selected")
    names = ("workshops.applications_signed_step_by_step", "workshops.selected_volunteers_host")
    assert all(one.kept for one in check_invariants() if one.invariant.name in names)
