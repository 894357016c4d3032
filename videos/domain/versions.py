"""Another file is another video: the one it replaces is kept as it was."""

from django.db import transaction

from accounts.models import User
from core.domain.audit import record_act
from videos.errors import AlreadyReplaced
from videos.models import Video


@transaction.atomic
def replace_video(former: Video, video: Video, *, by: User) -> Video:
    """Note that ``video`` takes the place of ``former`` from now on; both stay as they are.

    Safe to repeat. Whoever points at ``former`` points at ``video`` afterwards by an act of its
    own; what was studied or pinned on ``former`` stays there. The new version is held against
    the profile of the old one unless it has its own.

    Raises: AlreadyReplaced when there is another version after ``former``, or ``video`` has
    other versions itself.
    """
    rows = Video.objects.select_for_update(no_key=True).order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[former.pk, video.pk])}
    former, video = locked[former.pk], locked[video.pk]
    if video.replaces_id == former.pk:
        return video
    taken = Video.objects.filter(replaces__in=[former, video]).exists()
    if taken or video.replaces_id or former == video:
        raise AlreadyReplaced
    video.replaces = former
    video.save(update_fields=["replaces"])
    record_act("video.replace", former, by=by, to_state=str(video.pk), why=video.sha256)
    return video


def versions_of(video: Video) -> list[Video]:
    """All versions of the recording, the newest first; ``video`` is one of them."""
    newest = video
    while later := Video.objects.filter(replaces=newest).first():
        newest = later
    line = [newest]
    while line[-1].replaces_id:
        line.append(Video.objects.get(pk=line[-1].replaces_id))
    return line
