"""What is said in the demo's workshop on class management, over the last ten days."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from rehearsal.demo.talk_texts import (
    ADVERT,
    ANNOUNCEMENT,
    APPEAL,
    GUIDE,
    HELD,
    HOSTS,
    INQUIRY,
    LINKED,
    OPEN_QUESTION,
    QUESTION,
    RESOURCE,
    TOPIC_TALK,
    WHY_HIDDEN,
    WHY_ON,
    WHY_WORDS,
    WORDS,
)
from rehearsal.demo.workshops import HOST, TOPIC
from workshops.domain.bulletins import drafted_bulletin
from workshops.domain.inquiries import adopt, contribute
from workshops.domain.moderation import appeal, hide_post, report_post
from workshops.domain.posts import Writing, start_thread
from workshops.domain.rules.keeping import make_rules, switch_on, try_rules
from workshops.domain.threads import mark_answered, pin_thread
from workshops.domain.weeks import count_weeks
from workshops.enums.talk import Share, ThreadKind
from workshops.models import Membership, Post, Thread, Workshop


@dataclass
class Scene:
    """The workshop, its host and its members by user name; the clock of what is said."""

    workshop: Workshop
    host: User
    people: dict[str, User]
    threads: list[Thread] = field(default_factory=list)

    def start(self, kind: str, title: str, text: str, who: str, hours: int) -> Thread:
        """A thread that was begun ``hours`` ago."""
        by = self.people[who]
        thread = start_thread(self.workshop, self._writing(text, by), kind=kind, title=title, by=by)
        _back(thread.posts.get(), hours)
        _back(thread, hours)
        return thread

    def say(self, thread: Thread, text: str, who: str, hours: int, quotes=None, share="") -> Post:
        by = self.people[who]
        post = contribute(thread, self._writing(text, by, quotes), share, by=by)
        _back(post, hours)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=_ago(hours))
        return post

    def _writing(self, text: str, by: User, quotes: Post | None = None) -> Writing:
        return Writing(text, uuid4(), as_host=by == self.host, quotes=quotes)


def talk_a_while() -> None:
    """Guide, announcement, questions with and without an answer, a topic, a hidden advert."""
    scene = _scene()
    scene.start(ThreadKind.GUIDE, *GUIDE, HOST, 230)
    notice = scene.start(ThreadKind.ANNOUNCEMENT, *ANNOUNCEMENT, HOST, 100)
    pin_thread(notice, pinned=True, by=scene.host)
    scene.start(ThreadKind.RESOURCE, *RESOURCE, "zhengshu", 90)
    _answered(scene)
    scene.start(ThreadKind.QUESTION, *OPEN_QUESTION, "zhengshu", 53)
    _discussed(scene)
    _inquired(scene)
    _ruled(scene)
    title, text = drafted_bulletin(scene.workshop, now=timezone.now())
    scene.start(ThreadKind.BULLETIN, title, text, HOST, 3)


def _answered(scene: Scene) -> None:
    title, text, replies = QUESTION
    thread = scene.start(ThreadKind.QUESTION, title, text, "laoshi", 76)
    posts = [scene.say(thread, said, who, hours) for said, who, hours in replies]
    mark_answered(thread, posts[1], by=scene.people["laoshi"])


def _discussed(scene: Scene) -> None:
    title, text, replies = TOPIC_TALK
    thread = scene.start(ThreadKind.TOPIC, title, text, HOST, 48)
    before = None
    for said, who, hours in replies:
        before = scene.say(thread, said, who, hours, before)
    advert = scene.say(thread, ADVERT, "wancheng", 20)
    report_post(advert, why="与研修无关，像广告", by=scene.people["zhengshu"])
    hide_post(advert, why=WHY_HIDDEN, by=scene.host)
    appeal(advert, text=APPEAL, by=scene.people["wancheng"])


def _inquired(scene: Scene) -> None:
    """From the problem to the adopted result."""
    title, problem, roles, lots, tried, result = INQUIRY
    thread = scene.start(ThreadKind.INQUIRY, title, problem, "laoshi", 96)
    first = scene.say(thread, roles, "zhengshu", 90, share=Share.PROPOSAL)
    scene.say(thread, lots, "wancheng", 88, share=Share.PROPOSAL)
    scene.say(thread, tried, "laoshi", 26, share=str(first.pk))
    adopt(thread, [first.pk], text=result, by=scene.host)


def _ruled(scene: Scene) -> None:
    """The office's word list holds; one reply waits for the host because of it."""
    officer = User.objects.get(username="xiangmu")
    rules = make_rules(WORDS, hosts=HOSTS, links="leaving", why=WHY_WORDS, newest=0, by=officer)
    try_rules(rules, days=30, by=officer)
    switch_on(rules, why=WHY_ON, by=officer)
    thread = Thread.objects.get(workshop=scene.workshop, title=TOPIC_TALK[0])
    scene.say(thread, HELD, "zhengshu", 5)
    scene.say(thread, LINKED, "laoshi", 4)
    count_weeks(scene.workshop.programme)


def _scene() -> Scene:
    workshop = Workshop.objects.with_place().get(topic=TOPIC, number=1)
    host = User.objects.get(username=HOST)
    seats = Membership.objects.filter(workshop=workshop).select_related("teacher")
    people = {one.teacher.username: one.teacher for one in seats}
    return Scene(workshop, host, people | {HOST: host})


def _ago(hours: int):
    return timezone.now() - timedelta(hours=hours)


def _back(row, hours: int) -> None:
    """As if it had been written then."""
    row.created_at = _ago(hours)
    type(row).objects.filter(pk=row.pk).update(created_at=row.created_at)
    if isinstance(row, Thread):
        Thread.objects.filter(pk=row.pk).update(last_post_at=row.created_at)
