from django.contrib.auth.decorators import login_required
from django.shortcuts import render


@login_required
def profile(request):
    """One's own page: what is on record, and how one signs in."""
    return render(request, "accounts/profile.html", {"person": request.user})
