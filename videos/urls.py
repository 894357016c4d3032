from django.urls import path

from videos.views import study

app_name = "videos"

urlpatterns = [
    path("beat/", study.beat, name="beat"),
]
