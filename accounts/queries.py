"""Reads about people that join several tables."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Appointment, User
from core.models import AuditRecord
from organisations.models import Organisation
from organisations.queries import reach

STATES = {
    "active": Q(is_active=True, activated_at__isnull=False),
    "waiting": Q(is_active=True, activated_at=None),
    "inactive": Q(is_active=False),
}


def holds_sql(appointment: str) -> str:
    """A SQL condition with one value, a day: the aliased appointment holds on it."""
    return f"""({appointment}.ended_at IS NULL AND %s::date
        BETWEEN {appointment}.starts_on AND coalesce({appointment}.ends_on, 'infinity'))"""


def recent_acts(user: User, *verbs: str) -> QuerySet[AuditRecord]:
    """What is on record about a person (of ``verbs`` only, when given), the youngest first."""
    about = AuditRecord.objects.filter(object_label=User._meta.label_lower, object_key=str(user.pk))
    if verbs:
        about = about.filter(verb__in=verbs)
    return about.select_related("by").order_by("-at", "-pk")


def people_list(
    viewer: User, *, called: str = "", unit: Organisation | None = None, state: str = ""
) -> QuerySet[User]:
    """The people in the viewer's reach with their units and present appointments: two queries.

    ``called`` is the beginning of a name, or a whole account name or teacher number.
    """
    people = User.objects.visible_to(viewer)
    if called:
        text = called.lower()
        people = people.alias(account=Lower("username")).filter(
            Q(real_name__startswith=called) | Q(account=text) | Q(teacher_number=called.upper())
        )
    if unit is not None:
        people = people.filter(reach(unit, "school"))
    if state in STATES:
        people = people.filter(STATES[state])
    present = Appointment.objects.current().select_related("organisation")
    return (
        people.select_related("school")
        .prefetch_related(Prefetch("appointments", present, to_attr="present"))
        .order_by("school_id", "real_name", "pk")
    )


def people_waiting_for_a_slip(school_id: int) -> QuerySet[User]:
    """Active people of one unit who have no password yet, with what they are appointed to."""
    standing = Appointment.objects.standing().select_related("organisation")
    return (
        User.objects.filter(school=school_id, is_active=True, activated_at=None)
        .select_related("school")
        .prefetch_related(Prefetch("appointments", standing, to_attr="standing_appointments"))
        .order_by("real_name", "pk")
    )
