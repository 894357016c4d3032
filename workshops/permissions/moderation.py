"""Who may report, hide, rule and keep the word list."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from organisations.enums import Level
from workshops.models import Post, Workshop
from workshops.permissions.seats import OFFICERS, can_keep_office, places_of
from workshops.queries.standing import Standing


def can_moderate(user: User, workshop: Workshop, standing: Standing) -> bool:
    """Pin, close, move, hide: this workshop's hosts and its own office, nobody else's."""
    return standing.host or can_keep_office(user, workshop.organisation)


def can_report(user: User, post: Post) -> bool:
    """Whoever reads a post may report it, unless it is the own one or hidden already."""
    return post.author_id != user.pk and post.hidden_at is None


def can_rule(user: Any, workshop: Workshop) -> bool:
    """Appeals are decided one level up: by the officers above the workshop's organisation.

    Above the province there is nobody; there its own officers decide.
    """
    place = workshop.organisation
    above = place if place.parent_id is None else place.parent
    return user.is_authenticated and user.serves(OFFICERS, above)


def can_keep_rules(user: Any) -> bool:
    """The platform's word list is the province's: its project officers and administrators."""
    place = places_of(user) if user.is_authenticated else None
    return place is not None and place.level == Level.PROVINCE
