"""Links and mentions in a text: safe, marked, and only for people of the workshop."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say
from workshops.domain.rules.links import addresses_in
from workshops.domain.talk_text import REL, clean_talk, shown_talk
from workshops.models import Post, RulesInForce, TalkRules

DOOR = "/workshops/leaving/?to="


def link(address, text):
    return f'<a href="{DOOR}{quote(address, safe="")}" rel="{REL}">{text}</a>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "看 https://a.cn/b?c=1&d=2。好",
            f"<p>看 {link('https://a.cn/b?c=1&d=2', 'https://a.cn/b?c=1&amp;d=2')}。好</p>",
        ),
        ('<a href="https://a.cn">课件</a>', link("https://a.cn", "课件")),
        ("<p>(http://a.cn)</p>", f"<p>({link('http://a.cn', 'http://a.cn')})</p>"),
        ('<a href="javascript:alert(1)">x</a>', f'<a rel="{REL}">x</a>'),
        ('<a href="/accounts/logout/">x</a>', f'<a rel="{REL}">x</a>'),
        (
            '<a href="http://a.cn" onclick="x" target="_top" class="b">x</a>',
            link("http://a.cn", "x"),
        ),
        ("http://evil\\@a.cn", "<p>http://evil\\@a.cn</p>"),
    ],
)
def test_every_address_leads_over_the_page_that_says_where(text, shown):
    assert shown_talk(clean_talk(text)) == shown


def test_what_is_written_twice_is_seen_once_cleaned():
    text = clean_talk('<a href="https://a.cn/?b=1&c=2">https://a.cn</a>')
    assert clean_talk(text) == text
    assert addresses_in(text) == ["https://a.cn/?b=1&c=2", "https://a.cn"]


@pytest.mark.django_db
def test_mentions_lead_to_the_people_of_the_workshop_and_nobody_else():
    workshop = make_workshop()
    member, runs = seat(workshop).teacher, host(workshop).user
    text = f"@{member.real_name}和@{runs.real_name}，@王小二 <b>&lt;i&gt;</b>"
    post = make_thread(workshop, seat(workshop).teacher, text=text).posts.get()
    assert post.mentions == {member.real_name: False, runs.real_name: True}
    client = Client()
    client.force_login(member)
    shown = client.get(reverse("workshops:thread", args=[post.thread_id])).content.decode()
    place = f"{reverse('workshops:members', args=[workshop.pk])}?q={quote(member.real_name)}"
    assert f'<a class="mention" href="{place}">@{member.real_name}</a>' in shown
    home = reverse("workshops:workshop", args=[workshop.pk])
    assert f'<a class="mention" href="{home}">@{runs.real_name}</a>，@王小二 <b>' in shown
    assert member.real_name in client.get(place).content.decode()


@pytest.mark.django_db
def test_a_mention_in_a_link_or_of_a_hostile_name_stays_text():
    workshop = make_workshop()
    thread = make_thread(workshop, seat(workshop).teacher)
    post = say(thread, thread.author, text='<a href="https://a.cn">@&lt;b&gt;</a>@&lt;b&gt;')
    Post.objects.filter(pk=post.pk).update(mentions={"<b>": True})
    post.refresh_from_db()
    shown = shown_talk(post.text, post.mentions, workshop.pk)
    home = reverse("workshops:workshop", args=[workshop.pk])
    assert shown.endswith(f'</a><a class="mention" href="{home}">@&lt;b&gt;</a>')
    assert shown.count("mention") == 1


@pytest.mark.django_db
def test_the_door_goes_straight_on_only_to_allowed_hosts():
    workshop = make_workshop()
    client = Client()
    client.force_login(person := seat(workshop).teacher)
    rules = TalkRules.objects.create(hosts=["edu.cn"], why="试行", made_by=person)
    RulesInForce.objects.create(rules=rules, switched_by=person, why="试过")
    assert client.get(f"{DOOR}https://a.edu.cn/x").url == "https://a.edu.cn/x"
    shown = client.get(f"{DOOR}https://evil.example/x")
    assert (shown.status_code, shown["Referrer-Policy"]) == (200, "no-referrer")
    assert client.get(f"{DOOR}javascript:alert(1)//edu.cn").status_code == 404
