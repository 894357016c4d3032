"""Who may open and change the tree. The right of a unit's change lies with the level above it."""

from __future__ import annotations

from organisations.enums import Level
from organisations.models import Organisation
from organisations.policy import KEEPERS, READERS, Officer


def can_browse(user: Officer) -> bool:
    """Officers, principals and auditors open the tree, each from their own unit down."""
    return bool(user.appointed_paths(*READERS))


def can_see(user: Officer, organisation: Organisation) -> bool:
    """The unit stands in the reach of one of the user's reading appointments."""
    return user.serves(READERS, organisation)


def can_open_below(user: Officer, parent: Organisation) -> bool:
    """Add a unit below ``parent``: its own administrators and project officers, and above."""
    return parent.level < Level.SCHOOL and user.serves(KEEPERS, parent)


def can_change(user: Officer, organisation: Organisation) -> bool:
    """Rename, move, merge or close a unit: those who serve what stands above it.

    Nobody renames their own unit; the province, with nothing above, is its own exception.
    """
    above = organisation.parent or organisation
    return organisation.valid_to is None and user.serves(KEEPERS, above)


def can_receive(user: Officer, organisation: Organisation) -> bool:
    """Move or merge something into ``organisation``: the user serves it as well."""
    return organisation.valid_to is None and user.serves(KEEPERS, organisation)
