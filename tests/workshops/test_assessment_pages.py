"""The pages of acts and results: as many statements for three as for one; refusals keep words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bureau.domain.export_kinds import export_kind
from bureau.models import ExportFile
from tests.workshops.assessments import assessed, officer_of, published
from tests.workshops.factories import host, make_workshop
from tests.workshops.talk import make_thread
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.models import Correction, HostResult, Method, Post
from workshops.queries.acts import PER_PAGE, act_page
from workshops.queries.assessment import ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def officer(workshop):
    return officer_of(workshop.organisation)


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def acting_host(workshop, acts=1):
    person = host(workshop).user
    for _ in range(acts):
        make_thread(workshop, person, as_host=True)
    return person


def test_the_list_of_acts_costs_the_same_for_one_and_for_three(workshop):
    one, three = acting_host(workshop), acting_host(workshop, 3)
    url = reverse("workshops:service")
    assert cost(browser_of(three), url) == cost(browser_of(one), url)


def test_ranking_and_requests_cost_the_same_for_one_and_for_three(workshop, officer):
    acting_host(workshop)
    method = published(workshop, officer)
    client = browser_of(officer)
    held = assessed(workshop, officer, method)
    ask(held)
    pages = [reverse("workshops:assessment", args=[held.pk]), reverse("workshops:corrections")]
    before = [cost(client, page) for page in pages]
    for _ in range(2):
        acting_host(workshop)
    client.post(reverse("workshops:assessment_compute", args=[held.pk]))
    ask(held)
    assert HostResult.objects.count() == Correction.objects.count() == 3
    assert [cost(client, page) for page in pages] == before


def test_acts_and_result_cost_the_same_with_one_request_and_with_three(workshop, officer):
    person = acting_host(workshop, 3)
    result = assessed(workshop, officer).results.get()
    client = browser_of(person)
    pages = [reverse("workshops:service"), reverse("workshops:host_result", args=[result.pk])]
    costs = []
    for post in Post.objects.order_by("pk"):
        named = {"act_kind": "topic", "act_key": post.pk, "fault": "wrong"}
        ask_about_act(result, **named, why="应计资源", by=person)
        costs.append([cost(client, page) for page in pages])
    assert costs == [costs[0]] * 3


def ask(held):
    for one in held.results.filter(corrections=None):
        ask_correction(one, kind="topic", asked=1, why="漏了", by=one.user)


def test_the_acts_go_on_from_the_last_line(workshop):
    person = host(workshop).user
    thread = make_thread(workshop, person, as_host=True)
    first = thread.posts.get()
    Post.objects.bulk_create(
        Post(
            thread=thread,
            kind=thread.kind,
            number=number,
            author=person,
            as_host=True,
            text="<p>好</p>",
            created_at=first.created_at + timedelta(seconds=number // 2),
        )
        for number in range(2, PER_PAGE + 6)
    )
    page = act_page(person, [workshop.pk])
    rest = act_page(person, [workshop.pk], before=page.before)
    keys = [one.key for one in [*page.acts, *rest.acts]]
    assert (len(page.acts), len(rest.acts), rest.before) == (PER_PAGE, 5, "")
    assert len(set(keys)) == PER_PAGE + 5


def test_a_faulty_number_comes_back_with_what_was_typed(workshop, officer):
    client = browser_of(officer)
    client.post(reverse("workshops:method_new", args=[workshop.organisation_id]))
    url = reverse("workshops:method_edit", args=[Method.objects.get().pk])
    answer = client.post(url, {"intro": "先试行一个月", "weight_guide": "abc"})
    assert answer.status_code == 422
    assert "先试行一个月" in answer.content.decode()


def test_the_host_finds_result_and_request_by_clicks(workshop, officer):
    person = acting_host(workshop)
    result = assessed(workshop, officer).results.get()
    client = browser_of(person)
    assert reverse("workshops:service") in client.get(reverse("workshops:mine")).content.decode()
    page = reverse("workshops:host_result", args=[result.pk])
    assert page in client.get(reverse("workshops:service")).content.decode()
    sent = {"kind": "topic", "asked": "1", "why": "线下主持一次"}
    client.post(reverse("workshops:correction_ask", args=[result.pk]), sent)
    assert "线下主持一次" in client.get(page).content.decode()


def test_the_ranking_goes_to_excel_with_every_count(workshop, officer):
    person = acting_host(workshop, 2)
    assessed(workshop, officer)
    export = ExportFile(
        kind="hosts",
        organisation=workshop.organisation,
        path=workshop.organisation.path,
        programme=workshop.programme,
        requested_by=officer,
    )
    kind = export_kind("hosts")
    (row,) = kind.rows(export, lambda *_progress: None)
    line = dict(zip(kind.headers(export), row, strict=True))
    assert (line["姓名"], line["名次"], line["发起话题"]) == (person.real_name, 1, 2)


def test_the_rank_is_among_all_whatever_is_shown_and_shared_by_equals(workshop, officer):
    people = [acting_host(workshop, acts) for acts in (1, 3, 3, 2)]
    held = assessed(workshop, officer)

    def places(**wanted):
        return {one.user_id: one.place for one in ranked(held, wanted)}

    everybody = dict(zip((one.pk for one in people), (4, 1, 1, 3), strict=True))
    assert places() == everybody
    for one in people:
        assert places(q=one.real_name)[one.pk] == everybody[one.pk]
    assert [one.place for one in ranked(held, {"grade": "failed"})[2:]] == [3, 4]
    assert places(grade="good", decided="yes", field=workshop.field) == {}
