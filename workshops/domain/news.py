"""Telling people of what was said: once per thread until they have read it, never a flood."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from notifications.domain.notify import notify, notify_select
from workshops.enums.talk import ThreadKind
from workshops.queries.mentions import Named, mentioned_in
from workshops.queries.standing import PEOPLE, people_of
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User
    from workshops.models import Post, Thread

# The key changes when the follower has read on: so one line per thread and stretch of news.
FOLLOWERS = f"""
SELECT reading.user_id, %(parameters)s::jsonb AS parameters, %(url)s AS url,
       'workshops.reply:' || reading.thread_id || ':' || reading.read_to AS key
  FROM workshops_reading reading
 WHERE reading.thread_id = %(thread)s AND reading.follows AND reading.user_id <> %(author)s
   AND reading.user_id IN (SELECT user_id FROM ({PEOPLE}) people)
"""  # noqa: S608 - ours
EVERYBODY = f"""
SELECT DISTINCT user_id, %(parameters)s::jsonb AS parameters, %(url)s AS url, %(key)s AS key
  FROM ({PEOPLE}) people WHERE user_id <> %(author)s
"""  # noqa: S608 - ours
TOLD_TO_ALL = (ThreadKind.ANNOUNCEMENT, ThreadKind.GUIDE, ThreadKind.BULLETIN)


def tell_of_reply(post: Post, named: dict[int, Named], *, by: User) -> None:
    """A notice for every follower who still belongs here, and for those whom it mentions."""
    thread = post.thread
    url = reverse("workshops:news", args=[thread.pk])
    words = {"title": thread.title, "name": by.real_name}
    values = _values(thread, by, words, url)
    notify_select(FOLLOWERS, values, "workshops.reply")
    tell_mentioned(post, named, by=by)


def tell_of_thread(thread: Thread, post: Post, named: dict[int, Named], *, by: User) -> None:
    """What hosts say to everybody is told to everybody; else only to those mentioned."""
    if thread.kind in TOLD_TO_ALL:
        words = {"title": thread.title, "workshop": title_of(thread.workshop)}
        url = reverse("workshops:thread", args=[thread.pk])
        values = _values(thread, by, words, url) | {"key": f"workshops.thread:{thread.pk}"}
        notify_select(EVERYBODY, values, f"workshops.{thread.kind}")
    tell_mentioned(post, named, by=by)


def name_mentioned(post: Post) -> dict[int, Named]:
    """Note on the post (unsaved) whose names behind an @ meant somebody of the workshop.

    Returns: those, by their keys.
    """
    named: dict[int, Named] = {}
    if re.search("[@＠]", post.text):
        named = mentioned_in(post.text, post.thread.workshop)
    post.mentions = {one.name: one.hosts for one in named.values()} or None
    return named


def tell_mentioned(post: Post, named: dict[int, Named], *, by: User) -> None:
    """A notice for everybody whom the text names."""
    people = set(named) - {by.pk}
    if not people:
        return
    url = reverse("workshops:post", args=[post.pk])
    words = {"title": post.thread.title, "name": by.real_name}
    notify(people, "workshops.mention", words, url, key=f"workshops.mention:{post.pk}")


def _values(thread: Thread, by: User, words: dict[str, str], url: str) -> dict[str, Any]:
    shown = {"parameters": json.dumps(words), "url": url, "thread": thread.pk, "author": by.pk}
    return people_of(thread.workshop) | shown
