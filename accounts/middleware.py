"""At the doors: guesses are counted, officers bring a second factor, editors alone edit."""

from functools import partial
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from accounts.domain.cms_rights import join_or_leave_editors
from accounts.domain.second_factor import needs_second_factor
from accounts.errors import TooManyAttempts
from accounts.sessions import person_of

SESSION_FLAG = "second_factor_set_up"
OPEN_TO_ALL = ("/accounts/", "/static/", "/language/", "/theme/")


class PersonMiddleware(AuthenticationMiddleware):
    """``request.user`` as everywhere in Django, read together with the session."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(partial(person_of, request))


class TooManyAttemptsMiddleware:
    """Answers a refused guess with 429 and the time from which the next one is welcome."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, TooManyAttempts):
            return None
        response = render(request, "429.html", {"refusal": exception}, status=429)
        response.headers["Retry-After"] = str(exception.retry_after)
        return response


class SentSignedOutMiddleware:
    """A form sent after the session ended: back to its page after signing in, not to its target.

    The target takes no visit of its own, so the usual way back would end at a closed door.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "POST" or request.user.is_authenticated or not _to_sign_in(response):
            return response
        messages.warning(
            request,
            _("You were signed out meanwhile, so this was not saved. Sign in and send it again."),
        )
        return redirect_to_login(_page_of_form(request))


def _to_sign_in(response):
    door = reverse(settings.LOGIN_URL)
    return response.status_code == 302 and response.url.startswith(f"{door}?next=")


def _page_of_form(request):
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return "/"
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


class SecondFactorMiddleware:
    """Leads officers to the set-up of a second factor and opens nothing else before.

    A session remembers that the factor exists; when it is removed, the session epoch of the
    person rises and the session with its memory is gone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _must_set_up(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


def _must_set_up(request):
    if not settings.MFA_REQUIRED_FOR_APPOINTMENTS or request.path.startswith(OPEN_TO_ALL):
        return False
    user = request.user
    if not user.is_authenticated or request.session.get(SESSION_FLAG) == user.pk:
        return False
    if not needs_second_factor(user):
        return False
    if not get_adapter().is_mfa_enabled(user, ["totp"]):
        return True
    request.session[SESSION_FLAG] = user.pk
    return False


class EditorsDoorMiddleware:
    """Opens the Wagtail admin to current editors and to nobody else.

    Its own sign-in page would know neither our limits nor the second factor, so whoever comes
    there is sent to ours.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/cms/"):
            if request.path == "/cms/login/" and not request.user.is_authenticated:
                return redirect_to_login(request.GET.get("next") or "/cms/")
            if request.user.is_authenticated and not _may_edit(request.user):
                return permission_denied(request, None)
        return self.get_response(request)


def _may_edit(user):
    return join_or_leave_editors(user) or user.is_superuser
