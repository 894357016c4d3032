from notifications.models import Notification

KIND = "programmes.enrolment_approved"


def make_notice(user, **fields):
    return Notification.objects.create(user=user, kind=fields.pop("kind", KIND), **fields)
