"""A workshop in which everything that one can write is hostile."""

from tests.workshops.payloads import PAYLOADS
from tests.workshops.talk import make_thread, say, write
from workshops.domain.drafts import save_draft
from workshops.domain.inquiries import adopt, contribute
from workshops.domain.moderation import appeal, hide_post, mute, report_post
from workshops.domain.posts import edit_post
from workshops.enums.talk import ThreadKind
from workshops.models import (
    Contribution,
    Post,
    PostFile,
    Result,
    RulesTrial,
    TalkRules,
    Thread,
    WordHit,
)
from workshops.models.post import PostVersion


def make_hostile(workshop, writer, runs):
    """Every payload in every field; the posts as a faulty cleaner would leave them."""
    thread = make_thread(workshop, writer, kind=ThreadKind.QUESTION, title=PAYLOADS[0])
    hostile_inquiry(workshop, writer, runs)
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
    hostile_rules(runs, last)
    return Thread.objects.get(pk=thread.pk)


def hostile_inquiry(workshop, writer, runs):
    """A problem, proposals and a result that are all payloads; one inquiry without a result."""
    whole = "".join(PAYLOADS)
    for title in PAYLOADS[1:3]:
        inquiry = make_thread(workshop, writer, kind=ThreadKind.INQUIRY, title=title, text=whole)
        proposal = contribute(inquiry, write(f"x {whole}"), "proposal", by=writer)
        contribute(inquiry, write(f"y {whole}"), str(proposal.pk), by=writer)
    chosen = Contribution.objects.filter(post=proposal).values_list("pk", flat=True)
    adopt(inquiry, chosen, text=f"z {whole}", by=runs)
    Result.objects.update(text=whole)
    Post.objects.filter(thread=inquiry).update(text=whole, mentions={whole: True})


def hostile_rules(office, post):
    """A word list, its reasons, what a trial found, and a file in versions."""
    words = [[one, "hold"] for one in PAYLOADS]
    rules = TalkRules.objects.create(words=words, hosts=PAYLOADS, why=PAYLOADS[0], made_by=office)
    found = [
        {"kind": "word", "what": one, "verdict": "hold", "posts": 1, "post": post.pk}
        for one in PAYLOADS
    ]
    RulesTrial.objects.create(rules=rules, days=7, posts=60, found=found, tried_by=office)
    for one in PAYLOADS:
        WordHit.objects.create(post=post, rules=rules, word=one[:40], verdict="report")
    first = post.files.get()
    for number, one in enumerate(PAYLOADS, 2):
        PostFile.objects.create(
            post=post,
            name=f"{one}.pdf"[-150:],
            size_bytes=1,
            sha256=str(number),
            file="x",
            first=first,
            version=number,
            why=one,
            added_by=office,
        )
