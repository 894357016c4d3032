from workshops.models.host import Host, HostQuerySet
from workshops.models.inquiry import Contribution, Result
from workshops.models.invitation import Invitation
from workshops.models.membership import Membership, MembershipQuerySet
from workshops.models.moderation import Hiding, Report, Sanction
from workshops.models.placement import Placement, PlacementQuerySet
from workshops.models.post import Draft, Post, PostFile, PostQuerySet, PostVersion
from workshops.models.rules import RulesInForce, RulesTrial, TalkRules, WordHit
from workshops.models.thread import Reading, Thread, ThreadQuerySet
from workshops.models.workshop import Workshop, WorkshopQuerySet

__all__ = [
    "Contribution",
    "Draft",
    "Hiding",
    "Host",
    "HostQuerySet",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Placement",
    "PlacementQuerySet",
    "Post",
    "PostFile",
    "PostQuerySet",
    "PostVersion",
    "Reading",
    "Report",
    "Result",
    "RulesInForce",
    "RulesTrial",
    "Sanction",
    "TalkRules",
    "Thread",
    "ThreadQuerySet",
    "WordHit",
    "Workshop",
    "WorkshopQuerySet",
]
