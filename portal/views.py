from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.views import serve

from core.navigation import first_desk


def front(request: HttpRequest) -> HttpResponse:
    """The front door: a stranger sees the portal, an officer the desk, a teacher the space."""
    if not request.user.is_authenticated:
        return serve(request, "")
    return redirect(first_desk(request.user) or "space:home")
