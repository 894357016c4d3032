"""Whom a text means by @name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.html import strip_tags

from workshops.queries.standing import PEOPLE, people_of

if TYPE_CHECKING:
    from workshops.models import Workshop

NAMED = f"""
SELECT person.id, person.real_name
  FROM (SELECT DISTINCT user_id FROM ({PEOPLE}) people) here
  JOIN accounts_user person ON person.id = here.user_id
 WHERE position('@' || person.real_name IN %(text)s) > 0
"""  # noqa: S608 - ours


def mentioned_in(text: str, workshop: Workshop) -> set[int]:
    """Keys of the workshop's people whom ``text`` names behind an @. One query.

    Chinese puts no space behind a name, so the longest name that fits is meant: @李明慧 is
    not 李明. Two people of one name are both meant.
    """
    bare = strip_tags(text).replace("＠", "@")
    with connection.cursor() as cursor:
        cursor.execute(NAMED, people_of(workshop) | {"text": bare})
        people = cursor.fetchall()
    names = sorted({name for _key, name in people}, key=len, reverse=True)
    if not names:
        return set()
    meant = set(re.findall("@(" + "|".join(map(re.escape, names)) + ")", bare))
    return {key for key, name in people if name in meant}
