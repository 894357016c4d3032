"""Whom a text means by @name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.html import strip_tags

from workshops.queries.standing import PEOPLE, people_of

if TYPE_CHECKING:
    from workshops.models import Workshop

NAMED = f"""
SELECT person.id, person.real_name, here.hosts
  FROM (SELECT user_id, bool_or(hosts) AS hosts FROM ({PEOPLE}) people GROUP BY 1) here
  JOIN accounts_user person ON person.id = here.user_id
 WHERE position('@' || person.real_name IN %(text)s) > 0
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class Named:
    """Somebody whom a text names, and whether that is a host."""

    name: str
    hosts: bool


def mentioned_in(text: str, workshop: Workshop) -> dict[int, Named]:
    """The workshop's people whom ``text`` names behind an @, by their keys. One query.

    Chinese puts no space behind a name, so the longest name that fits is meant: @李明慧 is
    not 李明. Two people of one name are both meant.
    """
    bare = strip_tags(text).replace("＠", "@")
    with connection.cursor() as cursor:
        cursor.execute(NAMED, people_of(workshop) | {"text": bare})
        people = cursor.fetchall()
    names = sorted({name for _key, name, _hosts in people}, key=len, reverse=True)
    if not names:
        return {}
    meant = set(re.findall("@(" + "|".join(map(re.escape, names)) + ")", bare))
    return {key: Named(name, hosts) for key, name, hosts in people if name in meant}
