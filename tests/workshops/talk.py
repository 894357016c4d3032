"""Threads and posts for tests."""

from uuid import uuid4

from workshops.domain.posts import Writing, reply, start_thread
from workshops.enums.talk import ThreadKind


def write(text="今天的课堂上学生问得很好。", **fields):
    return Writing(text, fields.pop("token", None) or uuid4(), **fields)


def make_thread(
    workshop, by, *, kind=ThreadKind.TOPIC, title="怎样设计提问", text="说说做法。", **fields
):
    return start_thread(workshop, write(text, **fields), kind=kind, title=title, by=by)


def say(thread, by, text="我们学校是这样做的。", **fields):
    return reply(thread, write(text, **fields), by=by)
