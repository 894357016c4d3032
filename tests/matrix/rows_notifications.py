from notifications.domain.preferences import stop_token
from notifications.enums import MailKind
from notifications.models import Notification
from tests.matrix.row import EVERYONE, SIGNED_IN, Row, only


def notice(world):
    made, _created = Notification.objects.get_or_create(
        user=world.people["teacher_home"], kind="programmes.enrolment_approved"
    )
    return {"pk": made.pk}


def token(world):
    return {"token": stop_token(world.people["teacher_home"].pk, MailKind.DIGEST)}


ROWS = [
    Row("notifications:inbox", SIGNED_IN),
    Row("notifications:follow", only("teacher_home"), notice),
    Row("notifications:read_all", SIGNED_IN, method="post"),
    Row("notifications:preferences", SIGNED_IN),
    Row("notifications:stop", EVERYONE, token),
    Row("notifications:stop", EVERYONE, token, "post"),
]
