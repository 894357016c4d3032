from django.urls import path

from videos.views import editing, media, study

app_name = "videos"

urlpatterns = [
    path("", editing.video_list, name="list"),
    path("add/", editing.add, name="add"),
    path("<int:pk>/", editing.detail, name="detail"),
    path("<int:pk>/retry/", editing.retry, name="retry"),
    path("<int:pk>/captions/", editing.captions, name="captions"),
    path("beat/", study.beat, name="beat"),
    path("media/<str:token>/", media.media, name="media"),
]
