"""A workshop in which everything that one can write is hostile."""

from tests.workshops.payloads import PAYLOADS
from tests.workshops.talk import make_thread, say
from workshops.domain.drafts import save_draft
from workshops.domain.moderation import appeal, hide_post, mute, report_post
from workshops.domain.posts import edit_post
from workshops.enums import ThreadKind
from workshops.models import Post, PostFile, Thread
from workshops.models.post import PostVersion


def make_hostile(workshop, writer, runs):
    """Every payload in every field; the posts as a faulty cleaner would leave them."""
    thread = make_thread(workshop, writer, kind=ThreadKind.QUESTION, title=PAYLOADS[0])
    last = None
    for payload in PAYLOADS:
        make_thread(workshop, runs, kind=ThreadKind.ANNOUNCEMENT, title=payload, as_host=True)
        last = say(thread, writer, f"x {payload}", quotes=last)
        edit_post(last, f"y {payload}", edits=0, by=writer)
        PostFile.objects.create(
            post=last, name=f"{payload}.png", size_bytes=1, sha256="0", file="x"
        )
    for payload, post in zip(PAYLOADS, thread.posts.filter(number__gt=1), strict=True):
        report_post(post, why=payload, by=runs)
        save_draft(writer, workshop, f"thread:{thread.pk}", title=payload, text=payload)
    for payload, post in zip(PAYLOADS, thread.posts.filter(number__gt=31), strict=False):
        hide_post(post, why=payload, by=runs)
        appeal(post, text=payload, by=writer)
        mute(workshop, writer, days=1, why=payload, by=runs)
    save_draft(writer, workshop, "question", title=PAYLOADS[9], text="".join(PAYLOADS))
    for payload, post in zip(PAYLOADS, thread.posts.filter(number__gt=1), strict=True):
        Post.objects.filter(pk=post.pk).update(text=payload)
        PostVersion.objects.create(post=post, number=9, text=payload)
    return Thread.objects.get(pk=thread.pk)
