"""Everybody replies at once: the thread's row gives the numbers, the form's token one post."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.threads import in_own_connection
from tests.workshops.factories import make_workshop, seat
from tests.workshops.talk import make_thread, write
from workshops.domain.post_files import replace_file
from workshops.domain.posts import reply, start_thread
from workshops.enums.talk import ThreadKind
from workshops.errors.talk import FileReplaced
from workshops.models import Post, PostFile, Thread

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def at_once(calls):
    """What each call gave or raised."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(in_own_connection(act), *args, **rest) for act, args, rest in calls]
    return [one.exception() or one.result() for one in running]


def test_forty_replies_at_once_are_numbered_without_a_gap():
    workshop = make_workshop()
    people = [seat(workshop).teacher for _ in range(40)]
    thread = make_thread(workshop, people[0])
    outcomes = at_once([(reply, (thread, write()), {"by": person}) for person in people])
    assert sorted(post.number for post in outcomes) == list(range(2, 42))
    assert Thread.objects.get().posts_count == 41


def test_the_same_form_sent_at_once_is_one_post_and_one_thread():
    workshop = make_workshop()
    member = seat(workshop).teacher
    thread = make_thread(workshop, member)
    sent, begun = write(token=uuid4()), write(token=uuid4())
    topic = {"kind": ThreadKind.TOPIC, "title": "提问", "by": member}
    outcomes = at_once([(reply, (thread, sent), {"by": member})] * AT_ONCE)
    outcomes += at_once([(start_thread, (workshop, begun), topic)] * AT_ONCE)
    assert [len(set(outcomes[:AT_ONCE])), len(set(outcomes[AT_ONCE:]))] == [1, 1]
    assert (Post.objects.count(), Thread.objects.count()) == (3, 2)
    assert Thread.objects.get(pk=thread.pk).posts_count == 2


def test_of_two_new_versions_at_once_one_stands():
    workshop = make_workshop()
    member = seat(workshop).teacher
    thread = make_thread(workshop, member, files=[SimpleUploadedFile("a.pdf", b"%PDF-1")])
    held = PostFile.objects.get(post__thread=thread)
    calls = [
        (
            replace_file,
            (held, SimpleUploadedFile("a.pdf", b"%%PDF-1 %d" % n)),
            {"why": "改", "by": member},
        )
        for n in range(4)
    ]
    outcomes = at_once(calls)
    assert sum(isinstance(one, FileReplaced) for one in outcomes) == 3
    assert list(PostFile.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
