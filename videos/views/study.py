from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.errors import DomainError
from videos.domain.addresses import read_study_token
from videos.domain.clock import record_beat
from videos.errors import BeatUnreadable
from videos.forms import read_beat


# The signed token is bound to the signed-in person and is given only to their own page, so no
# other site can forge a beat; sendBeacon, the last word of a closing page, can set no header.
@csrf_exempt
@require_POST
def beat(request):
    """What the player of this page saw since its last word; answers what counts so far."""
    if not request.user.is_authenticated:
        return _refusal(_("You are signed out: sign in again, the study time waits here."), 401)
    try:
        text, claims, position = read_beat(request)
        token = read_study_token(text, request.user)
        coverage = record_beat(
            token.user_id,
            token.unit_id,
            token.page,
            claims,
            position=position,
            needed_percent=token.needed_percent,
        )
    except BeatUnreadable as refusal:
        return _refusal(str(refusal), 400)
    except DomainError as refusal:
        return _refusal(str(refusal), 403)
    return JsonResponse(
        {
            "watched_seconds": coverage.watched_seconds,
            "length_seconds": coverage.length_seconds,
            "ranges": coverage.ranges,
            "earned_seconds": coverage.earned_seconds,
            "token": str(token.renewed()),
        }
    )


def _refusal(sentence, status):
    return JsonResponse({"error": sentence}, status=status)
