"""The site's addresses and one page that shows any unit: the player without its course."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site
from tests.videos.audiences import SIGNED_IN
from videos.domain.players import player_for
from videos.models import StudyUnit

PAGE = """{% extends "base.html" %}
{% block title %}{{ player.unit.title }}{% endblock %}
{% block heading %}{{ player.unit.title }}{% endblock %}
{% block content %}{% include "videos/player.html" with player=player only %}{% endblock %}"""


@login_required
def study(request, pk):
    player = player_for(request.user, StudyUnit.objects.get(pk=pk), audience=SIGNED_IN)
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"player": player}, request))


urlpatterns = [path("study/<int:pk>/", study, name="study"), *site]
