from django.urls import path

from videos.views import editing, media, study, tus, uploads

app_name = "videos"

urlpatterns = [
    path("", editing.video_list, name="list"),
    path("add/", editing.add, name="add"),
    path("<int:pk>/", editing.detail, name="detail"),
    path("<int:pk>/retry/", editing.retry, name="retry"),
    path("<int:pk>/captions/", editing.captions, name="captions"),
    path("uploads/", tus.Uploads.as_view(), name="uploads"),
    path("uploads/<uuid:pk>/", tus.OneUpload.as_view(), name="upload"),
    path("uploads/<uuid:pk>/end/", uploads.end, name="end_upload"),
    path("beat/", study.beat, name="beat"),
    path("media/<str:token>/", media.media, name="media"),
]
