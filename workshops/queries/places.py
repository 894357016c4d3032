"""A workshop, or a thread of one, with all that titles and rights are made of.

Every page and every reply begins with one of these reads, so their statements are written once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from core.rows import Columns, rows_of
from organisations.models import Organisation
from programmes.models import Programme
from workshops.models import Thread, Workshop

THREAD = Columns(Thread, "thread")
AUTHOR = Columns(User, "author")
WORKSHOP = Columns(Workshop, "workshop")
PLACE = Columns(Organisation, "place")
PROGRAMME = Columns(Programme, "programme", without=["rule_pack"])
PARENT = Columns(Workshop, "parent")
PARENT_PLACE = Columns(Organisation, "parent_place")
PARTS = f"{WORKSHOP}, {PLACE}, {PROGRAMME}, {PARENT}, {PARENT_PLACE}"
JOINS = """
  JOIN organisations_organisation place ON place.id = workshop.organisation_id
  JOIN programmes_programme programme ON programme.id = workshop.programme_id
  LEFT JOIN workshops_workshop parent ON parent.id = workshop.parent_id
  LEFT JOIN organisations_organisation parent_place ON parent_place.id = parent.organisation_id
"""
OF_WORKSHOP = f"SELECT {PARTS} FROM workshops_workshop workshop {JOINS} WHERE workshop.id = %s"  # noqa: S608
OF_THREAD = f"""
SELECT {THREAD}, {AUTHOR}, {PARTS}
  FROM workshops_thread thread
  JOIN accounts_user author ON author.id = thread.author_id
  JOIN workshops_workshop workshop ON workshop.id = thread.workshop_id {JOINS}
 WHERE thread.id = %s
"""  # noqa: S608 - names of this product's own columns


def workshop_with_place(pk: int) -> Workshop | None:
    """With its organisation, programme and the workshop above. One query."""
    for row in rows_of(OF_WORKSHOP, [pk]):
        return _workshop(row)
    return None


def thread_with_place(pk: int) -> Thread | None:
    """With its author and its workshop as ``workshop_with_place``. One query."""
    for row in rows_of(OF_THREAD, [pk]):
        thread = THREAD.read(row)
        thread.author, thread.workshop = AUTHOR.read(row), _workshop(row)
        return thread
    return None


def _workshop(row: Iterator[Any]) -> Workshop:
    workshop = WORKSHOP.read(row)
    workshop.organisation, workshop.programme = PLACE.read(row), PROGRAMME.read(row)
    workshop.parent, parent_place = PARENT.read(row), PARENT_PLACE.read(row)
    if workshop.parent is not None:
        workshop.parent.organisation = parent_place
    return workshop
