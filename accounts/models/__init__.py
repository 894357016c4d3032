from accounts.models.activation import ActivationCode
from accounts.models.appointment import Appointment, AppointmentQuerySet
from accounts.models.attempt_count import AttemptCount
from accounts.models.session import Session
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = [
    "ActivationCode",
    "Appointment",
    "AppointmentQuerySet",
    "AttemptCount",
    "Session",
    "User",
    "UserManager",
    "UserQuerySet",
]
