from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.navigation import first_desk
from space.domain.answer import answer_of
from space.domain.dates import is_this_week, next_events
from space.domain.owed import first_step, owed_lines
from space.queries import latest_notices, read_year
from workshops.queries.gatherings import coming_for

MEETINGS_SHOWN = 3


@login_required
@require_GET
def home(request):
    """What I still owe, what is next and until when (R6)."""
    today = timezone.localdate()
    year = read_year(request.user)
    approved = year is not None and year.is_approved
    lines = owed_lines(year, at=timezone.now()) if approved else []
    first = first_step(lines)
    events = next_events(year.windows, today=today, enrolled=approved) if year else []
    context = {
        "year": year,
        "answer": answer_of(year, first, first_desk(request.user)),
        "lines": lines,
        "first": first,
        "events": events,
        "this_week": is_this_week(events, today=today),
        "meetings": coming_for(request.user, MEETINGS_SHOWN),
        "notices": latest_notices(request.user),
    }
    return render(request, "space/home.html", context)
