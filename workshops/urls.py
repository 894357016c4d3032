from django.urls import path

from workshops.views import desk, pages, seats

app_name = "workshops"
urlpatterns = [
    path("", pages.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("mine/", pages.mine, name="mine"),
    path("<int:pk>/", pages.workshop, name="workshop"),
    path("<int:pk>/members/", pages.members, name="members"),
    path("<int:pk>/join/", seats.join, name="join"),
    path("<int:pk>/leave/", seats.leave, name="leave"),
]
