"""Sixty payloads in every text field: nothing of them is markup on any page or in any mail."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from notifications.domain.mailings import send_digests
from notifications.domain.texts import notice_texts
from notifications.models import Notification
from tests.factories import UserFactory, appoint
from tests.workshops.factories import host, make_sub, make_workshop, seat
from tests.workshops.hostile import make_hostile
from tests.workshops.payloads import PAYLOADS
from workshops.domain.bulletins import drafted_bulletin
from workshops.enums.talk import ThreadKind
from workshops.models import Hiding, Post, PostFile, TalkRules, Thread

pytestmark = pytest.mark.django_db
ADDRESSES = {"href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"}
OURS = {"form", "img", "input", "button", "textarea", "select", "option", "svg", "path", "details"}
NEVER = {
    "iframe",
    "object",
    "embed",
    "applet",
    "base",
    "math",
    "marquee",
    "video",
    "audio",
    "animate",
}


class Reader(HTMLParser):
    """Notes what a browser could run and what is not of our own templates."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attrs = {name: (value or "").strip().lower() for name, value in attrs}
        bad = tag in NEVER or tag == "style"
        data = attrs.get("type") == "application/json" and "src" not in attrs
        bad |= tag == "script" and not data and not attrs.get("src", "").startswith("/static/")
        bad |= tag == "meta" and "http-equiv" in attrs and not attrs.get("content", "").isdecimal()
        bad |= tag == "link" and not attrs.get("href", "").startswith("/static/")
        bad |= any(name.startswith(("on", "hx-on")) for name in attrs)
        bad |= any(
            attrs.get(name, "").startswith(("java", "data:", "vb", "x:")) for name in ADDRESSES
        )
        if bad or "style" in attrs or "autofocus" in attrs:
            self.found.append((tag, attrs))


def markup_in(html):
    reader = Reader()
    reader.feed(html)
    return reader.found


@pytest.fixture
def hostile(monkeypatch):
    monkeypatch.setattr("workshops.domain.rate.rate_limit_of", lambda user: 10_000)
    monkeypatch.setattr("notifications.domain.letters.MOST_LINES", 10_000)
    workshop = make_workshop()
    writer, runs, officer = seat(workshop).teacher, host(workshop).user, UserFactory()
    for place in (workshop.organisation.parent, workshop.organisation.parent.parent):
        appoint(officer, Role.ADMINISTRATOR, place)
    make_sub(workshop)
    for number, person in enumerate((writer, runs, officer)):
        person.email = f"p{number}@example.org"
        person.save()
    return make_hostile(workshop, writer, runs), writer, runs, officer


def pages(thread):
    """What member, host and officer can open of it, by person."""
    workshop = thread.workshop_id
    posts = list(Post.objects.filter(thread=thread, number__gt=1).order_by("number"))
    hidden = [post for post in posts if post.hidden_at]
    lists = [
        reverse("workshops:talk", args=[workshop]),
        reverse("workshops:workshop", args=[workshop]),
    ]
    place = reverse("workshops:thread", args=[thread.pk])
    read = [place, f"{place}?page=2", reverse("workshops:since", args=[thread.pk, 0])]
    for_writer = [reverse("workshops:start", args=[workshop, "question"]), "/inbox/"]
    for_writer += [f"/inbox/?page={number}" for number in (2, 3)]
    for_host = [reverse("workshops:moderation", args=[workshop]), f"{place}?quote={posts[3].pk}"]
    for_host += [reverse("workshops:start", args=[workshop, "bulletin"])]
    for_officer = [reverse("workshops:appeals"), *rules_pages()]
    for_writer += [reverse("workshops:own_hidden"), *leaving_pages()]
    for inquiry in Thread.objects.filter(workshop=workshop, kind=ThreadKind.INQUIRY):
        read += [reverse("workshops:thread", args=[inquiry.pk])]
        for_host += [reverse("workshops:adopt", args=[inquiry.pk])]
    for_host += [reverse("workshops:thread_move", args=[thread.pk])]
    for_host += [reverse("workshops:members", args=[workshop]) + f"?q={quote(PAYLOADS[0])}"]
    read += [reverse("workshops:file_versions", args=[PostFile.objects.latest("version").pk])]
    for post in posts:
        for_writer += [reverse("workshops:versions", args=[post.pk])]
        for_writer += [reverse("workshops:edit", args=[post.pk])]
        for_host += [reverse("workshops:hide", args=[post.pk])]
    for case in Hiding.objects.filter(post__in=hidden):
        for_writer += [reverse("workshops:appeal", args=[case.post_id])]
        for_officer += [reverse("workshops:appeal_ruling", args=[case.pk])]
    return lists + read, for_writer, for_host, for_officer


def rules_pages():
    version = TalkRules.objects.get()
    return [reverse("workshops:rules"), reverse("workshops:rules_version", args=[version.pk])]


def leaving_pages():
    door = reverse("workshops:leaving")
    seen = [one.replace(" ", "%20") for one in PAYLOADS if one.isprintable() and "\\" not in one]
    return [f"{door}?to={quote(f'https://x/{one}')}" for one in seen[:9]]


def test_no_payload_is_markup_on_any_page(hostile):
    thread, writer, runs, officer = hostile
    shared, for_writer, for_host, for_officer = pages(thread)
    wrong = {}
    for person, own in (
        (writer, shared + for_writer),
        (runs, shared + for_host),
        (officer, for_officer),
    ):
        client = Client()
        client.force_login(person)
        for page in own:
            answer = client.get(page)
            assert answer.status_code == 200, page
            if found := markup_in(answer.content.decode()):
                wrong[page] = found
    assert wrong == {}


def test_no_payload_is_markup_in_a_mail_or_in_a_drafted_bulletin(hostile):
    thread, *_people = hostile
    send_digests(timezone.localdate())
    assert len(mail.outbox) == 3
    assert [markup_in(one.alternatives[0].content) for one in mail.outbox] == [[], [], []]
    assert "&lt;script&gt;" in mail.outbox[0].alternatives[0].content
    assert markup_in(drafted_bulletin(thread.workshop, now=timezone.now())[1]) == []


def test_the_reader_itself_sees_a_payload():
    assert markup_in("<p onclick=x>") != []
    assert markup_in("<script>alert(1)</script>") != []


def test_no_payload_is_markup_in_the_mail_of_any_notice_of_the_workshops(monkeypatch):
    """Titles and names of every room come to the mail as words of a notice."""
    monkeypatch.setattr("notifications.domain.letters.MOST_LINES", 10_000)
    reader = UserFactory(email="reader@example.org")
    kinds = {kind: text for kind, text in notice_texts().items() if kind.startswith("workshops.")}
    Notification.objects.bulk_create(
        Notification(
            user=reader,
            kind=kind,
            parameters=dict.fromkeys(
                re.findall(r"%\((\w+)\)", f"{text.title}{text.body}"), payload
            ),
            url="/workshops/",
            key=f"{kind}:{number}",
        )
        for kind, text in kinds.items()
        for number, payload in enumerate(PAYLOADS)
    )
    send_digests(timezone.localdate())
    shown = mail.outbox[0].alternatives[0].content
    assert markup_in(shown) == []
    assert shown.count("<li>") == len(kinds) * len(PAYLOADS)
