"""Threads and posts: numbered without a gap, once per form, told once, each act counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import AuditRecord
from courses.errors import FileRefused
from notifications.domain.preferences import set_preference
from notifications.models import Notification
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say, write
from workshops.domain.drafts import draft_of, save_draft
from workshops.domain.posts import edit_post, reply
from workshops.domain.reading import read_on, set_following
from workshops.domain.seats import leave_workshop
from workshops.domain.threads import close_thread, mark_answered, move_thread, pin_thread
from workshops.enums.seats import WorkshopState
from workshops.enums.talk import ThreadKind
from workshops.errors.talk import (
    ChangedMeanwhile,
    NotAnAnswer,
    TextMissing,
    ThreadClosed,
    TitleMissing,
    TooManyFiles,
    TooManyPosts,
)
from workshops.models import Post, Thread, Workshop
from workshops.queries.acts import acts_by_month
from workshops.queries.threads import thread_page

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def member(workshop):
    return settled(seat(workshop).teacher)


def settled(user):
    """Whose account is old enough to write at the usual rate."""
    user.activated_at = timezone.now() - timedelta(days=30)
    user.save()
    return user


def told(user, kind="workshops.reply"):
    return Notification.objects.filter(user=user, kind=kind).count()


def test_posts_are_numbered_without_a_gap_and_the_counter_follows(workshop, member):
    thread = make_thread(workshop, member)
    say(thread, member)
    say(thread, member)
    thread.refresh_from_db()
    assert list(thread.posts.values_list("number", flat=True).order_by("number")) == [1, 2, 3]
    assert thread.posts_count == 3


def test_a_form_that_is_sent_twice_is_one_post(workshop, member):
    token = uuid4()
    first = make_thread(workshop, member, token=token)
    assert make_thread(workshop, member, token=token).pk == first.pk
    again = uuid4()
    assert say(first, member, token=again).pk == say(first, member, token=again).pk
    assert (Thread.objects.count(), Post.objects.count()) == (1, 2)


def test_what_a_browser_could_run_is_gone_when_written(workshop, member):
    post = say(
        make_thread(workshop, member), member, "<p onclick=x()>好<script>alert(1)</script></p>"
    )
    assert post.text == "<p>好</p>"


def test_nothing_is_written_without_words_or_into_what_is_closed(workshop, member):
    thread = make_thread(workshop, member)
    with pytest.raises(TextMissing):
        say(thread, member, "<p> </p>")
    with pytest.raises(TitleMissing):
        make_thread(workshop, member, title=" ")
    close_thread(thread, closed=True, by=member)
    with pytest.raises(ThreadClosed):
        say(thread, member)
    close_thread(thread, closed=False, by=member)
    say(thread, member)
    Workshop.objects.update(state=WorkshopState.CLOSED, closed_at=timezone.now())
    for act in (lambda: say(thread, member), lambda: make_thread(workshop, member)):
        with pytest.raises(ThreadClosed):
            act()


def test_new_accounts_write_more_slowly_and_a_repeat_is_no_flood(workshop):
    newcomer = seat(workshop).teacher
    thread = make_thread(workshop, newcomer)
    token = uuid4()
    for number in range(4):
        say(thread, newcomer, token=token if number == 3 else None)
    with pytest.raises(TooManyPosts):
        say(thread, newcomer)
    assert say(thread, newcomer, token=token).number == 5
    settled(newcomer)
    assert say(thread, newcomer).number == 6


def test_files_are_what_their_names_say_and_few(workshop, member):
    def file(name, content):
        return SimpleUploadedFile(name, content)

    thread = make_thread(workshop, member)
    post = say(thread, member, "", files=[file("板书.png", PNG), file("again.png", PNG)])
    assert list(post.files.values_list("name", flat=True)) == ["板书.png"]
    with pytest.raises(FileRefused):
        say(thread, member, files=[file("a.png", b"<html>")])
    with pytest.raises(TooManyFiles):
        say(thread, member, files=[file(f"{one}.png", PNG) for one in range(6)])
    assert thread.posts.count() == 2


def test_a_follower_is_told_once_until_the_thread_is_read(workshop, member):
    other = settled(seat(workshop).teacher)
    thread = make_thread(workshop, member)
    say(thread, other)
    say(thread, other)
    assert (told(member), told(other)) == (1, 0)
    read_on(thread, member, 3)
    say(thread, other)
    assert told(member) == 2
    set_following(thread, member, follows=False)
    read_on(thread, member, 4)
    say(thread, other)
    assert told(member) == 2


def test_who_has_left_is_told_nothing(workshop, member):
    held = seat(workshop)
    thread = make_thread(workshop, held.teacher)
    leave_workshop(held, by=held.teacher)
    say(thread, member, f"@{held.teacher.real_name} 还在吗？")
    assert Notification.objects.filter(user=held.teacher).count() == 0


def test_a_mention_means_the_longest_name_that_sits_here(workshop, member):
    short, long, stranger = (seat(workshop).teacher for _ in range(3))
    for person, name in ((short, "李明"), (long, "李明慧")):
        person.real_name = name
        person.save()
    outside = seat(make_workshop()).teacher
    say(make_thread(workshop, member), member, f"请＠李明慧老师看看 @{outside.real_name}")
    everybody = (short, long, stranger, outside)
    assert [told(one, "workshops.mention") for one in everybody] == [0, 1, 0, 0]


def test_a_silenced_kind_is_not_told(workshop, member):
    wishes = {"daily_digest": True, "urgent_mail": True, "by": member}
    set_preference(member, silenced=["workshops.reply", "credits.no_such_kind"], **wishes)
    other = seat(workshop).teacher
    say(make_thread(workshop, member), other, f"@{member.real_name}")
    assert (told(member), told(member, "workshops.mention")) == (0, 1)


def test_an_announcement_reaches_everybody_here_and_nobody_else(workshop, member):
    runs, elsewhere = host(workshop).user, seat(make_workshop()).teacher
    make_thread(workshop, runs, kind=ThreadKind.ANNOUNCEMENT, as_host=True)
    people = (member, runs, elsewhere)
    assert [told(one, "workshops.announcement") for one in people] == [1, 0, 0]


def test_an_edit_keeps_what_was_said_and_refuses_a_stale_form(workshop, member):
    post = say(make_thread(workshop, member), member, "原来的话")
    assert edit_post(post, "改过的话", edits=0, by=member).edits == 1
    assert edit_post(post, "改过的话", edits=0, by=member).edits == 1
    with pytest.raises(ChangedMeanwhile):
        edit_post(post, "另一句话", edits=0, by=member)
    assert list(post.versions.values_list("text", flat=True)) == ["原来的话"]


def test_a_question_is_answered_by_a_reply_of_its_own(workshop, member):
    runs = host(workshop).user
    question = make_thread(workshop, member, kind=ThreadKind.QUESTION)
    answer = say(question, runs, as_host=True)
    foreign = say(make_thread(workshop, member), runs)
    for wrong in (foreign, question.posts.get(number=1)):
        with pytest.raises(NotAnAnswer):
            mark_answered(question, wrong, by=member)
    mark_answered(question, answer, by=runs)
    mark_answered(question, answer, by=runs)
    question.refresh_from_db()
    assert (question.waits, question.answer_id) == (False, answer.pk)
    assert told(member, "workshops.answered") == 1
    assert AuditRecord.objects.filter(verb="workshops.answered").count() == 1


def test_each_of_the_six_acts_of_a_host_is_counted_by_sql(workshop, member):
    runs = settled(host(workshop).user)
    for kind in ThreadKind:
        thread = make_thread(workshop, runs, kind=kind, as_host=True)
        if kind in (ThreadKind.QUESTION, ThreadKind.TOPIC):
            say(thread, runs, as_host=True)
        say(thread, member)
    counted = {kind: acts for kind, _month, acts in acts_by_month(runs, [workshop.main_id])}
    six = ("guide", "bulletin", "resource", "answer", "topic", "discussion")
    assert counted == dict.fromkeys(six, 1)


def test_a_post_keeps_the_kind_of_its_thread(workshop, member):
    thread = make_thread(workshop, member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(thread=thread).update(kind=ThreadKind.GUIDE)


def test_pinned_first_then_the_newest_page_by_page(workshop, member, monkeypatch):
    monkeypatch.setattr("workshops.queries.threads.PER_PAGE", 2)
    threads = [make_thread(workshop, member, title=str(one)) for one in range(5)]
    pin_thread(threads[0], pinned=True, by=member)
    say(threads[1], member)
    first = thread_page(workshop, member)
    second = thread_page(workshop, member, before=first.before)
    shown = [
        [one.thread.title for one in lines] for lines in (first.pinned, first.lines, second.lines)
    ]
    assert shown == [["0"], ["1", "4"], ["3", "2"]]
    assert second.before == ""


def test_a_moved_thread_is_the_other_workshops(workshop, member):
    there = make_workshop()
    thread = make_thread(workshop, member)
    move_thread(thread, there, by=member)
    assert list(Thread.objects.visible_to(member)) == []
    assert list(Thread.objects.visible_to(seat(there).teacher)) == [thread]


def test_a_draft_is_kept_until_it_is_sent(workshop, member):
    thread = make_thread(workshop, member)
    place = f"thread:{thread.pk}"
    save_draft(member, workshop, place, title="", text="写了一半<script>")
    assert draft_of(member, workshop, place).text == "写了一半"
    reply(thread, write(), by=member)
    assert draft_of(member, workshop, place) is None
