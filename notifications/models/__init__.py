from notifications.models.mailing import DIGESTS_A_DAY, URGENT_MAILS_A_DAY, Mailing
from notifications.models.notification import Notification, NotificationQuerySet
from notifications.models.preference import Preference

__all__ = [
    "DIGESTS_A_DAY",
    "URGENT_MAILS_A_DAY",
    "Mailing",
    "Notification",
    "NotificationQuerySet",
    "Preference",
]
