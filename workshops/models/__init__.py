from workshops.models.host import Host, HostQuerySet
from workshops.models.invitation import Invitation
from workshops.models.membership import Membership, MembershipQuerySet
from workshops.models.placement import Placement, PlacementQuerySet
from workshops.models.workshop import Workshop, WorkshopQuerySet

__all__ = [
    "Host",
    "HostQuerySet",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Placement",
    "PlacementQuerySet",
    "Workshop",
    "WorkshopQuerySet",
]
