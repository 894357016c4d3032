"""How much anybody may send: the unfinished counts with all that it declared."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from accounts.models import User
from organisations.models import Organisation
from videos.domain import uploads_files as files
from videos.enums import UploadState
from videos.errors import NoRoom, QuotaReached, SchoolQuotaReached, TooManyUploads
from videos.models import Upload
from videos.policy import UPLOADS_AT_A_TIME


def require_room(owner: User, length: int, person_bytes: int | None) -> None:
    """Make sure that ``owner`` and their school may send ``length`` bytes more.

    Call it in the transaction that writes the upload: the person's row and the school's stay
    locked until then, so that two at once cannot both have the last room. Locks are taken in
    this order everywhere.

    Units: bytes. ``person_bytes`` replaces the person's yearly allowance.
    Raises: TooManyUploads, QuotaReached, SchoolQuotaReached, NoRoom.
    """
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    mine = Upload.objects.filter(owner=owner)
    under_way = mine.under_way().count()
    if under_way >= UPLOADS_AT_A_TIME:
        raise TooManyUploads(number=under_way)
    allowed = settings.UPLOAD_PERSON_BYTES if person_bytes is None else person_bytes
    used = sent_bytes(mine)
    if used + length > allowed:
        raise QuotaReached(**_in_words(used, allowed, length))
    if owner.school_id:
        Organisation.objects.select_for_update(no_key=True).get(pk=owner.school_id)
        used, allowed = _sent_by_school(owner.school_id), settings.UPLOAD_SCHOOL_BYTES
        if used + length > allowed:
            raise SchoolQuotaReached(**_in_words(used, allowed, length))
    _require_disk(length)


def beyond_allowance() -> list[tuple]:
    """People and schools that have sent more than they may: kind, key, bytes.

    A person is measured by the largest allowance there is, for it depends on the purpose.
    Allowances that were lowered show here until the year, or an upload, is over.
    """
    largest = max(settings.UPLOAD_PERSON_BYTES, settings.UPLOAD_EDITOR_BYTES)
    broken: list[tuple] = []
    for kind, allowed in (("owner", largest), ("school", settings.UPLOAD_SCHOOL_BYTES)):
        sums = Upload.objects.filter(counting()).exclude(**{kind: None}).values_list(kind)
        over = sums.annotate(sum=Sum("length")).filter(sum__gt=allowed).order_by(kind)
        broken += [(kind, key, sent) for key, sent in over]
    return broken


def counting() -> Q:
    """Uploads that count: those under way, and those of this year that were used."""
    used = Q(state=UploadState.TAKEN, closed_at__gte=year_began())
    return Q(state__in=UploadState.under_way()) | used


def year_began() -> datetime:
    now = timezone.localtime()
    return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def sent_bytes(uploads) -> int:
    return uploads.filter(counting()).aggregate(sum=Sum("length"))["sum"] or 0


def _sent_by_school(school_id: int) -> int:
    return sent_bytes(Upload.objects.filter(school=school_id))


def _require_disk(length: int) -> None:
    """Room for this file beside all that others have declared and not yet sent."""
    under_way = Upload.objects.under_way().aggregate(sum=Sum("length"))["sum"] or 0
    promised = max(0, under_way - files.arrived_bytes())
    if length + promised > files.free_bytes():
        raise NoRoom


def _in_words(used: int, allowed: int, needed: int) -> dict[str, str]:
    sizes = {"used": used, "allowed": allowed, "needed": needed}
    return {name: filesizeformat(size) for name, size in sizes.items()}
