"""The two switches of the frame: language and colours. Both stay on the page one was on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.context import THEME_COOKIE, THEMES

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def set_language(request):
    """Remember the language in a cookie, and with the person so that mail uses it too."""
    response = back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember(request, response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated and request.user.language != language:
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response


@require_POST
def set_theme(request):
    response = back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        remember(request, response, THEME_COOKIE, theme)
    return response


def back(request: HttpRequest) -> HttpResponse:
    """To the page named by ``next`` when it is one of ours, else to the beginning."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if ours else "/")


def remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
