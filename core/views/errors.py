"""Pages for when something went wrong: what happened, and what to do next."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form was open too long, or its cookie is gone; nothing was done."""
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """Stands without the database: whatever broke may be the database."""
    return render(request, "500.html", status=500)
