"""At every door: too many guesses are told when to come back, officers need a second factor."""

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.enums import SECOND_FACTOR_ROLES
from accounts.errors import TooManyAttempts

SESSION_FLAG = "second_factor_set_up"
OPEN_TO_ALL = ("/accounts/", "/static/", "/i18n/")


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


class SecondFactorMiddleware:
    """Leads officers to the set-up of a second factor and opens nothing else before.

    A session remembers that the factor exists; when it is removed, the session epoch of the
    person rises and the session with its memory is gone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MFA_REQUIRED_FOR_APPOINTMENTS and _must_set_up(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


def _must_set_up(request):
    user = request.user
    if request.path.startswith(OPEN_TO_ALL) or not user.is_authenticated:
        return False
    if request.session.get(SESSION_FLAG) == user.pk:
        return False
    needs = user.is_superuser or user.appointed_paths(*SECOND_FACTOR_ROLES)
    if needs and not get_adapter().is_mfa_enabled(user, ["totp"]):
        return True
    if needs:
        request.session[SESSION_FLAG] = user.pk
    return False
