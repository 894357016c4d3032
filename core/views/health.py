"""What a load balancer asks."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.domain.heartbeats import living_workers


@never_cache
@require_GET
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_GET
def readyz(request):
    """The process can work: its database answers. Workers are reported, not required."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        workers = living_workers()
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True, "workers": workers})
