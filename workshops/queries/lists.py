"""Lists of workshops and of the people in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from organisations.queries import keys_of_path
from workshops.enums.seats import WorkshopKind
from workshops.models import Host, Membership, Workshop
from workshops.queries.titles import title_of

if TYPE_CHECKING:
    from accounts.models import User
    from programmes.models import Enrolment, Programme


# What lists show of a term; they do not need the columns of the person and of the school.
TERM = ("workshop", "qualification", "starts_on", "ends_on")


def named(person: str) -> tuple[str, str]:
    """The name of a joined person and of the school, for ``only``."""
    return f"{person}__real_name", f"{person}__school__name"


@dataclass(frozen=True)
class Line:
    """A workshop in a list, and what the reader is there: member, host or neither."""

    workshop: Workshop
    title: str
    seat: int | None = None
    hosts: bool = False


def own_workshops(user: User) -> list[Line]:
    """Where the user sits or hosts, those of the latest year first. Two queries."""
    seats = dict(Membership.objects.current().filter(teacher=user).values_list("workshop", "seat"))
    terms = Host.objects.current().filter(user=user).values("workshop")
    rows = Workshop.objects.with_place().filter(Q(pk__in=seats) | Q(pk__in=terms))
    found = rows.order_by("-programme__year", "kind", "field", "number")
    return [Line(one, title_of(one), seats.get(one.pk), one.pk not in seats) for one in found]


def joinable(enrolment: Enrolment, topics: Iterable[str]) -> list[Workshop]:
    """Open main workshops of one's subject and ``topics`` for one's own school's places.

    The nearest first; none of a subject or topic in which one already sits. One query.
    """
    of_subject = Q(kind=WorkshopKind.SUBJECT, stage=enrolment.stage, subject=enrolment.subject)
    of_topic = Q(kind=WorkshopKind.TOPIC, topic__in=list(topics))
    units = set(keys_of_path(enrolment.school.path)) | {enrolment.school.acting_county_id or 0}
    held = Membership.objects.current().filter(
        teacher=enrolment.user_id, programme=enrolment.programme_id
    )
    rows = Workshop.objects.with_place().open().filter(of_subject | of_topic)
    rows = rows.filter(programme=enrolment.programme_id, number=1, organisation__in=units)
    offered = rows.exclude(field__in=held.values("field"))
    return list(offered.order_by("kind", "field", "-organisation__level"))


def hosts_of(workshop: Workshop) -> QuerySet[Host]:
    """Today's hosts of the workshop and, for a sub-workshop, of its main one."""
    here = {workshop.pk, workshop.main_id}
    return (
        Host.objects.current()
        .filter(workshop__in=here)
        .select_related("user__school")
        .only(*TERM, *named("user"))
        .order_by("starts_on", "pk")
    )


def members_of(workshop: Workshop, name: str = "") -> QuerySet[Membership]:
    """Who sits there, by seat; ``name`` narrows to names that begin with it."""
    rows = Membership.objects.current().filter(workshop=workshop)
    if name:
        rows = rows.filter(teacher__real_name__startswith=name)
    shown = ("workshop", "seat", "joined_at", *named("teacher"))
    return rows.select_related("teacher__school").only(*shown).order_by("seat")


def with_hosts(workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """Adds ``now_hosting``, today's hosts of each. One query more."""
    hosting = Host.objects.current().select_related("user").order_by("pk")
    return workshops.prefetch_related(Prefetch("hosts", hosting, to_attr="now_hosting"))


def public_workshops(programme: Programme, *, field: str = "", q: str = "") -> QuerySet[Workshop]:
    """Open main workshops of the year with their hosts and ``people`` of the whole family."""
    subs = Workshop.objects.filter(parent=OuterRef("pk"), number__gt=1).order_by()
    seated = subs.values("parent").annotate(people=Sum("taken")).values("people")
    rows = Workshop.objects.with_place().open().without_groups()
    rows = rows.filter(programme=programme, number=1)
    if field:
        rows = rows.filter(field=field)
    if q:
        rows = rows.filter(organisation__name__startswith=q)
    people = F("taken") + Coalesce(Subquery(seated, output_field=IntegerField()), 0)
    ordered = rows.annotate(people=people).order_by("field", "organisation__path")
    return with_hosts(ordered)
