"""The pages of the talk: constant statements, nothing typed is lost, drafts come back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.bulletins import drafted_bulletin
from workshops.domain.drafts import save_draft
from workshops.domain.moderation import hide_post
from workshops.domain.posts import edit_post
from workshops.domain.threads import mark_answered
from workshops.enums.talk import ThreadKind
from workshops.models import Post, Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def member(workshop):
    return seat(workshop).teacher


@pytest.fixture
def browser(member):
    client = Client()
    client.force_login(member)
    return client


def page_of(thread, name="thread", **kwargs):
    return reverse(f"workshops:{name}", kwargs={"pk": thread.pk} | kwargs)


def many_posts(thread, count):
    """As ``reply`` would have written them, in one statement."""
    first = thread.posts.get(number=1)
    Post.objects.bulk_create(
        Post(thread=thread, kind=thread.kind, number=number, author=first.author, text="<p>好</p>")
        for number in range(2, count + 1)
    )
    thread.posts_count = count
    thread.save()


def cost(ask, *arguments, **named):
    with CaptureQueriesContext(connection) as asked:
        answer = ask(*arguments, **named)
    assert answer.status_code in (200, 302), answer.content
    return sum("SAVEPOINT" not in query["sql"] for query in asked)


def test_every_page_of_a_thread_costs_the_same(workshop, member, browser):
    short, long = make_thread(workshop, member), make_thread(workshop, member)
    many_posts(short, 3)
    many_posts(long, 160)
    pages = [page_of(short), *(page_of(long) + f"?page={number}" for number in (1, 2, 3, 4))]
    browser.get(pages[0])
    first = [cost(browser.get, page) for page in pages[1:]]  # and writes how far one has read
    assert (first, {cost(browser.get, page) for page in pages}) == ([9] * 4, {8})


def test_a_reply_costs_ten_statements(workshop, member, browser):
    """Session and person, thread, standing; flood, number, post, reading, draft, notices."""
    thread = make_thread(workshop, host(workshop).user)
    browser.get(page_of(thread))
    sent = {"text": "我也这样想。", "token": str(uuid4())}
    assert cost(browser.post, page_of(thread, "reply"), sent) <= 10
    assert thread.posts.count() == 2


def test_the_list_costs_the_same_for_one_thread_and_for_three(workshop, member, browser):
    def ask():
        return cost(browser.get, reverse("workshops:talk", args=[workshop.pk]))

    make_thread(workshop, member)
    ask()
    once = ask()
    make_thread(workshop, host(workshop).user)
    make_thread(workshop, member, kind=ThreadKind.QUESTION)
    assert ask() == once


def test_what_is_refused_comes_back_and_is_a_draft(workshop, member, browser):
    thread = make_thread(workshop, member)
    browser.post(page_of(thread, "keep"), {"act": "close"})
    sent = {"text": "", "title": "只有标题", "token": str(uuid4())}
    answer = browser.post(reverse("workshops:start", args=[workshop.pk, "topic"]), sent)
    assert answer.status_code == 422
    assert "只有标题" in answer.content.decode()
    again = browser.get(reverse("workshops:start", args=[workshop.pk, "topic"]))
    assert "只有标题" in again.content.decode()


def test_a_draft_stands_in_the_field_when_one_comes_back(workshop, member, browser):
    thread = make_thread(workshop, member)
    browser.post(page_of(thread, "reply_draft"), {"text": "写了一半的话"})
    assert "写了一半的话" in browser.get(page_of(thread)).content.decode()
    save_draft(host(workshop).user, workshop, f"thread:{thread.pk}", title="", text="别人的草稿")
    assert "别人的草稿" not in browser.get(page_of(thread)).content.decode()


def test_an_open_page_fetches_what_is_new_and_nothing_else(workshop, member, browser):
    thread = make_thread(workshop, member)
    assert browser.get(page_of(thread, "since", number=1)).status_code == 204
    say(thread, host(workshop).user, "新的一句")
    told = browser.get(page_of(thread, "since", number=1)).content.decode()
    assert "新的一句" in told
    assert "说说做法" not in told
    assert Reading.objects.get(user=member, thread=thread).read_to == 2


def test_a_hidden_thread_is_gone_for_others(workshop, member, browser):
    thread = make_thread(workshop, host(workshop).user)
    type(thread).objects.update(hidden_at=thread.created_at)
    assert browser.get(page_of(thread)).status_code == 404
    assert (
        "怎样设计提问"
        not in browser.get(reverse("workshops:talk", args=[workshop.pk])).content.decode()
    )


def test_a_bulletin_is_drafted_from_the_week_and_hides_what_is_hidden(workshop, member, browser):
    runs = host(workshop).user
    question = make_thread(workshop, member, kind=ThreadKind.QUESTION, title="<b>怎样追问</b>")
    mark_answered(question, say(question, runs), by=member)
    hide_post(say(question, seat(workshop).teacher), why="广告", by=runs)
    make_thread(workshop, member, kind=ThreadKind.QUESTION, title="还没有人回答")
    title, text = drafted_bulletin(workshop, now=timezone.now() + timedelta(minutes=1))
    assert title.startswith("简报")
    for fact in ("2 人发言", "3 帖", "提问 2 个，已解答 1 个，待解答 1 个", "&lt;b&gt;怎样追问"):
        assert fact in text
    browser.force_login(runs)
    shown = browser.get(reverse("workshops:start", args=[workshop.pk, "bulletin"])).content.decode()
    assert "2 人发言" in shown
    old = drafted_bulletin(workshop, now=timezone.now() - timedelta(days=8))[1]
    assert "0 人发言" in old


def test_the_links_of_a_post_lead_somewhere(workshop, member, browser):
    """They are put together in the template, so that fifty posts stay cheap."""
    runs = host(workshop).user
    thread = make_thread(workshop, member)
    own, other = say(thread, runs), thread.posts.get(number=1)
    edit_post(own, "改过", edits=0, by=runs)
    browser.force_login(runs)
    shown = browser.get(page_of(thread)).content.decode()
    links = {
        name: reverse(f"workshops:{name}", args=[own.pk]) for name in ("edit", "versions", "post")
    }
    links |= {name: reverse(f"workshops:{name}", args=[other.pk]) for name in ("hide", "report")}
    links["quote"] = f"{page_of(thread)}?quote={own.pk}#write"
    assert [name for name, link in links.items() if f'href="{link}"' not in shown] == []
