from accounts.models.appointment import Appointment, AppointmentQuerySet
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = ["Appointment", "AppointmentQuerySet", "User", "UserManager", "UserQuerySet"]
