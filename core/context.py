"""What the frame of every page needs; read only when the page really shows it."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.navigation import doors

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: HttpRequest) -> str:
    """The theme the reader chose; "auto" follows the system."""
    wanted = request.COOKIES.get(THEME_COOKIE, "auto")
    return wanted if wanted in THEMES else "auto"


def frame(request: HttpRequest) -> dict:
    """Doors by place, the theme, and whether this is a demonstration."""
    lazily = {
        f"nav_{place}": SimpleLazyObject(partial(doors, request, place))
        for place in ("main", "tools", "me", "foot")
    }
    return {"theme": theme_of(request), "demo": getattr(settings, "DEMO", False), **lazily}
