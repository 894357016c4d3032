from django.urls import path

from lessons.views import national, national_desk

app_name = "lessons"

national_urls = [
    path("national/", national.mine, name="national"),
    path("national/<int:pk>/", national.watch, name="national_watch"),
    path("national/<int:pk>/reflection/", national.reflect, name="national_reflect"),
    path("national/<int:pk>/draft/", national.draft, name="national_draft"),
    path("national/desk/", national_desk.desk, name="national_desk"),
    path("national/desk/<int:pk>/", national_desk.change, name="national_change"),
    path("national/desk/<int:pk>/withdraw/", national_desk.withdraw, name="national_withdraw"),
    path("national/desk/<slug:stage>/<slug:subject>/", national_desk.group, name="national_group"),
]

urlpatterns = [*national_urls]
