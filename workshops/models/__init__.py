from workshops.models.assessment import (
    Assessment,
    AssessmentQuerySet,
    HostResult,
    HostResultQuerySet,
    Method,
    MethodQuerySet,
)
from workshops.models.attending import Attendance, AttendanceQuerySet, Attendee, AttendeeQuerySet
from workshops.models.correction import Adjustment, Correction, Decision
from workshops.models.duty import (
    DutyAbsence,
    DutyCheckIn,
    DutyScheme,
    DutyShift,
    DutyShiftQuerySet,
)
from workshops.models.duty_arrangement import DutyCover, DutySwap, HandOver
from workshops.models.gathering import Gathering, GatheringFile, GatheringQuerySet, Meeting
from workshops.models.guidance import (
    ActivityGathering,
    ActivityOutcome,
    GuidanceActivity,
    GuidancePlan,
    GuidancePlanQuerySet,
)
from workshops.models.host import Host, HostQuerySet
from workshops.models.host_application import (
    ApplicationSignature,
    HostApplication,
    HostApplicationQuerySet,
)
from workshops.models.host_call import CallTopic, HostCall, HostCallQuerySet
from workshops.models.host_list import (
    HostList,
    ListDay,
    ListEntry,
    ListSignature,
    ListVersion,
    ListVersionQuerySet,
)
from workshops.models.inquiry import Contribution, Result
from workshops.models.invitation import Invitation
from workshops.models.lesson_call import (
    LessonCall,
    LessonCallFile,
    LessonCallQuerySet,
    LessonCallWord,
)
from workshops.models.membership import Membership, MembershipQuerySet
from workshops.models.moderation import Hiding, Report, Sanction
from workshops.models.placement import Placement, PlacementQuerySet
from workshops.models.post import Draft, Post, PostFile, PostQuerySet, PostVersion
from workshops.models.priority import PriorityLine, PriorityList
from workshops.models.rules import RulesInForce, RulesTrial, TalkRules, WordHit
from workshops.models.service import (
    ServiceCertificate,
    ServiceCertificateQuerySet,
    ServiceSeries,
)
from workshops.models.thread import Reading, Thread, ThreadQuerySet
from workshops.models.week import WorkshopWeek
from workshops.models.workshop import Workshop, WorkshopQuerySet

__all__ = [
    "ActivityGathering",
    "ActivityOutcome",
    "Adjustment",
    "ApplicationSignature",
    "Assessment",
    "AssessmentQuerySet",
    "Attendance",
    "AttendanceQuerySet",
    "Attendee",
    "AttendeeQuerySet",
    "Adjustment",
    "Assessment",
    "AssessmentQuerySet",
    "LessonCall",
    "LessonCallFile",
    "LessonCallQuerySet",
    "LessonCallWord",
    "CallTopic",
    "Contribution",
    "Correction",
    "Decision",
    "Draft",
    "DutyAbsence",
    "DutyCheckIn",
    "DutyCover",
    "DutyScheme",
    "DutyShift",
    "DutyShiftQuerySet",
    "DutySwap",
    "Gathering",
    "GatheringFile",
    "GatheringQuerySet",
    "GuidanceActivity",
    "GuidancePlan",
    "GuidancePlanQuerySet",
    "HandOver",
    "Hiding",
    "Host",
    "HostApplication",
    "HostApplicationQuerySet",
    "HostCall",
    "HostCallQuerySet",
    "HostList",
    "HostQuerySet",
    "HostResult",
    "HostResultQuerySet",
    "Invitation",
    "ListDay",
    "ListEntry",
    "ListSignature",
    "ListVersion",
    "ListVersionQuerySet",
    "Meeting",
    "Membership",
    "MembershipQuerySet",
    "Method",
    "MethodQuerySet",
    "Placement",
    "PlacementQuerySet",
    "Post",
    "PostFile",
    "PostQuerySet",
    "PostVersion",
    "PriorityLine",
    "PriorityList",
    "Reading",
    "Report",
    "Result",
    "RulesInForce",
    "RulesTrial",
    "Sanction",
    "ServiceCertificate",
    "ServiceCertificateQuerySet",
    "ServiceSeries",
    "TalkRules",
    "Thread",
    "ThreadQuerySet",
    "WordHit",
    "Workshop",
    "WorkshopQuerySet",
    "WorkshopWeek",
]
