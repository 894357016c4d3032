from core.actor import acting_from


class ActorMiddleware:
    """Notes the client's address for the audit records of this request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_from(request.META.get("REMOTE_ADDR") or None):
            return self.get_response(request)
