"""The site's addresses and one page that shows any unit or video: the player without its course."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site
from tests.videos.audiences import SIGNED_IN
from videos.domain.audiences import may_watch
from videos.domain.media_addresses import original_address
from videos.domain.players import player_for
from videos.domain.viewings import viewing_for
from videos.models import StudyUnit, Video

PAGE = """{% extends "base.html" %}
{% block title %}{{ player.unit.title }}{% endblock %}
{% block heading %}{{ player.unit.title }}{% endblock %}
{% block content %}{% include "videos/player.html" with player=player only %}{% endblock %}"""

WATCH = """{% extends "base.html" %}
{% block title %}{{ viewing.video.title }}{% endblock %}
{% block heading %}{{ viewing.video.title }}{% endblock %}
{% block content %}{% include "videos/watch.html" with viewing=viewing only %}
<p><a href="{{ original }}">{{ viewing.video.original_name }}</a></p>{% endblock %}"""


@login_required
def study(request, pk):
    player = player_for(request.user, StudyUnit.objects.get(pk=pk), audience=SIGNED_IN)
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"player": player}, request))


def watch(request, pk):
    """A video as one of the audience that the address names; the original below it."""
    video, audience = Video.objects.get(pk=pk), request.GET["audience"]
    if not may_watch(request.user, audience):
        raise PermissionDenied
    original = original_address(video, request.user, audience)
    context = {"viewing": viewing_for(request.user, video, audience), "original": original}
    return HttpResponse(engines["django"].from_string(WATCH).render(context, request))


urlpatterns = [
    path("study/<int:pk>/", study, name="study"),
    path("watch/<int:pk>/", watch, name="watch"),
    *site,
]
