"""Telling everybody that their lessons are drawn."""

from django.urls import reverse

from lessons.enums import DrawState
from lessons.models import Draw
from notifications.domain.notify import notify_select

DRAWN = """
SELECT line.user_id, jsonb_build_object('lessons', %s::int - line.missing) AS parameters,
       %s::text AS url, %s::text AS key
  FROM lessons_rosterline line WHERE line.draw_id = %s
"""


def tell_drawn(draw_id: int) -> int:
    """One notice for everybody of the roster. Safe to repeat. Returns: persons told now."""
    draw = Draw.objects.get(pk=draw_id)
    if draw.state != DrawState.DRAWN:
        return 0
    lessons = draw.rules["lessons"]
    values = [lessons, reverse("lessons:receipt"), f"lessons.drawn:{draw.pk}", draw.pk]
    return notify_select(DRAWN, values, "lessons.drawn")
