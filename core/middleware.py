from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.shortcuts import render
from django.utils import translation

from core.actor import acting_from
from core.client_address import TrustedProxies


class ClientAddressMiddleware:
    """Puts the client's address where everything below looks for it, whatever proxies stand
    between. It comes first; without ``TRUSTED_PROXIES`` no header is believed."""

    def __init__(self, get_response):
        if not settings.TRUSTED_PROXIES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.proxies = TrustedProxies(settings.TRUSTED_PROXIES)

    def __call__(self, request):
        request.META["REMOTE_ADDR"] = self.proxies.client_of(
            request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
        )
        return self.get_response(request)


class ActorMiddleware:
    """Notes the client's address for the audit records of this request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_from(request.META.get("REMOTE_ADDR") or None):
            return self.get_response(request)


class LanguageMiddleware:
    """Chinese unless the reader chose otherwise with the switch; never the browser's own wish.

    Office computers often run a browser in a language nobody there reads.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class FormsOnlyMiddleware:
    """Explains an address that only takes what a page sends, to whoever opens it by hand.

    The back button, a bookmark or a sign-in in between lead there; a browser's own page for
    405 would say nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or not request.accepts("text/html"):
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, the editors' own below /cms/."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/cms/") and not report_only:
            parts.replace = settings.CMS_CONTENT_SECURITY_POLICY
        return parts
