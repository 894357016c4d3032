"""What an office sees of the workshops in its reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from workshops.models import Host, Workshop, WorkshopQuerySet
from workshops.models.workshop import READERS
from workshops.queries.lists import with_hosts

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Programme


def in_reach(user: User, programme: Programme) -> WorkshopQuerySet:
    """The year's workshops of the units in the user's scope, without schools' study groups."""
    scope = user.scope("organisation", *READERS)
    return Workshop.objects.without_groups().filter(scope, programme=programme)


def desk_workshops(
    user: User, programme: Programme, wanted: Mapping[str, str]
) -> QuerySet[Workshop]:
    """Those with seats taken and today's hosts, narrowed by ``wanted``: field, level, q, show.

    ``show``: "full" or "unhosted" (neither the workshop nor its main one has a host today).
    """
    rows = in_reach(user, programme).with_place()
    if wanted.get("field"):
        rows = rows.filter(field=wanted["field"])
    if wanted.get("level") in ("1", "2", "3"):
        rows = rows.filter(organisation__level=int(wanted["level"]))
    if wanted.get("q"):
        rows = rows.filter(organisation__name__startswith=wanted["q"])
    if wanted.get("show") == "full":
        rows = rows.filter(taken__gte=F("cap"))
    elif wanted.get("show") == "unhosted":
        rows = rows.filter(~Exists(_hosting()))
    return with_hosts(rows.order_by("field", "organisation__path", "number"))


def desk_sums(user: User, programme: Programme) -> dict[str, int]:
    """Workshops, members, full ones and those without a host. Two queries."""
    rows = in_reach(user, programme)
    sums = rows.aggregate(
        workshops=Count("pk"), members=Sum("taken"), full=Count("pk", filter=Q(taken__gte=F("cap")))
    )
    unhosted = in_reach(user, programme).filter(~Exists(_hosting())).count()
    return {key: value or 0 for key, value in sums.items()} | {"unhosted": unhosted}


def _hosting() -> QuerySet[Host]:
    """Today's hosts of the outer workshop; a sub-workshop has those of its main one."""
    own = Q(workshop=OuterRef("pk"))
    of_main = Q(workshop=OuterRef("parent"), workshop__organisation=OuterRef("organisation"))
    return Host.objects.current().filter(own | of_main)
