from programmes.models.enrolment import Enrolment, EnrolmentQuerySet
from programmes.models.phase import Phase, PhaseExtension
from programmes.models.programme import Programme
from programmes.models.working_day import WorkingDay

__all__ = [
    "Enrolment",
    "EnrolmentQuerySet",
    "Phase",
    "PhaseExtension",
    "Programme",
    "WorkingDay",
]
