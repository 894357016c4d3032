"""The catalogue: for everybody what is open, for the signed in what they may watch."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.forms.lesson import stage_subject_choices
from lessons.models import CurriculumNode
from lessons.permissions import audience_of
from lessons.queries.catalogue import KINDS, catalogue, with_pictures
from lessons.queries.place import place_titles, places
from lessons.views.door import year_or_404
from lessons.views.words import stage_subject_title
from programmes.domain.rulepacks import rule_pack_of
from videos.domain.media_addresses import media_address
from videos.models import Rendition

PER_PAGE = 24


@require_safe
def lesson_catalogue(request):
    programme = year_or_404()
    pack = rule_pack_of(programme)
    wanted = asked_for(request)
    lessons = with_pictures(catalogue(request.user, wanted))
    if before := number(request.GET.get("before", "")):
        lessons = lessons.filter(pk__lt=before)
    found = list(lessons[: PER_PAGE + 1])
    cards = [card_of(lesson, pack, request.user) for lesson in found[:PER_PAGE]]
    ways = places([card["lesson"].node for card in cards if card["lesson"].node])
    for card in cards:
        card["way"] = ways.get(card["lesson"].node_id, [])[:-1]
    node = CurriculumNode.objects.filter(pk=wanted["node"]).first() if wanted["node"] else None
    context = {
        "cards": cards,
        "more": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
        "before": before,
        "wanted": wanted,
        "place": place_titles(node),
        "subjects": stage_subject_choices(pack),
    }
    return render(request, "lessons/catalogue.html", context)


def asked_for(request):
    stage, _colon, subject = request.GET.get("subject", "").partition(":")
    kind = request.GET.get("kind", "")
    return {
        "pair": request.GET.get("subject", ""),
        "stage": stage,
        "subject": subject,
        "node": number(request.GET.get("node", "")),
        "kind": kind if kind in KINDS and request.user.is_authenticated else "",
        "q": request.GET.get("q", "").strip()[:40],
    }


def number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def card_of(lesson, pack, user):
    """A lesson as a card; the picture's address is this reader's own."""
    video = lesson.newest[0].video
    poster = video.rendition(Rendition.Kind.POSTER)
    return {
        "lesson": lesson,
        "field": stage_subject_title(lesson, pack),
        "seconds": video.duration_seconds,
        "poster": media_address(poster, user, audience_of(lesson.pk)) if poster else "",
    }
