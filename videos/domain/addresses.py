"""Signed, short-lived words that a page hands back to earn study time."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from django.core import signing
from django.utils import timezone

from accounts.models import User
from videos.domain.settlement import Page
from videos.errors import PageExpired, PageOfAnotherPerson
from videos.models import StudyUnit
from videos.policy import TOKEN_DELIVERS_FOR, TOKEN_EARNS_FOR

STUDY_SALT = "videos.study"


@dataclass(frozen=True)
class StudyToken:
    """A person may earn the unit's seconds from ``page.opened_at`` to ``page.earns_until``.

    ``needed_percent`` is the coverage from which on the floors above want to look closer.
    """

    user_id: int
    unit_id: int
    page: Page
    needed_percent: int = 0

    def __str__(self) -> str:
        issued_at = self.page.earns_until - TOKEN_EARNS_FOR
        fields = [
            self.user_id,
            self.unit_id,
            self.page.speed,
            _seconds(self.page.opened_at),
            _seconds(issued_at),
            self.needed_percent,
        ]
        return signing.dumps(fields, salt=STUDY_SALT)

    def renewed(self) -> "StudyToken":
        """The same right from now on. A token that has ceased to earn opens a new page."""
        now = timezone.now()
        opened_at = self.page.opened_at if now < self.page.earns_until else now
        page = Page(opened_at, now + TOKEN_EARNS_FOR, self.page.speed)
        return replace(self, page=page)


def study_token(
    user: User, unit: StudyUnit, speed: Decimal = Decimal(1), needed_percent: int = 0
) -> str:
    """The right of ``user`` to earn ``unit``'s seconds, for a page that opens now.

    Give it only to those who may study the unit: whoever holds it may earn.
    Units: ``speed`` as a multiple of real time, from the rule pack as is ``needed_percent``.
    """
    now = timezone.now()
    page = Page(now, now + TOKEN_EARNS_FOR, int(speed * 100))
    return str(StudyToken(user.pk, unit.pk, page, needed_percent))


def read_study_token(text: str, user: User) -> StudyToken:
    """The right that ``text`` proves.

    Raises: PageExpired when it is forged or a day old; PageOfAnotherPerson when it is not
    ``user``'s.
    """
    try:
        fields = signing.loads(text, salt=STUDY_SALT, max_age=TOKEN_DELIVERS_FOR)
    except signing.BadSignature as forged:
        raise PageExpired from forged
    user_id, unit_id, speed, opened_at, issued_at, needed_percent = fields
    if user_id != user.pk:
        raise PageOfAnotherPerson
    page = Page(_moment(opened_at), _moment(issued_at) + TOKEN_EARNS_FOR, speed)
    return StudyToken(user_id, unit_id, page, needed_percent)


def _seconds(moment: datetime) -> float:
    return round(moment.timestamp(), 3)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
