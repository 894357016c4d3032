from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.follow, name="follow"),
    path("settings/", views.preferences, name="preferences"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
