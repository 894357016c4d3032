from django.urls import include, path

from workshops.views import balancing, desk, hosts, office, pages, public, running, seats

app_name = "workshops"
urlpatterns = [
    path("", pages.home, name="home"),
    path("mine/", pages.mine, name="mine"),
    path("all/", public.listed, name="list"),
    path("desk/", desk.desk, name="desk"),
    path("build/", office.build, name="build"),
    path("placements/", office.placements, name="placements"),
    path("placements/<int:pk>/", office.placement, name="placement"),
    path("placements/<int:pk>/run/", office.placement_run, name="placement_run"),
    path("invitations/<str:code>/", running.invitation, name="invitation"),
    path("invitation/<int:pk>/withdraw/", running.invitation_withdraw, name="invitation_withdraw"),
    path("seats/<int:pk>/move/", running.move, name="move"),
    path("hosts/<int:pk>/end/", hosts.host_end, name="host_end"),
    path("<int:pk>/", pages.workshop, name="workshop"),
    path("<int:pk>/members/", pages.members, name="members"),
    path("<int:pk>/join/", seats.join, name="join"),
    path("<int:pk>/leave/", seats.leave, name="leave"),
    path("<int:pk>/hosts/", hosts.hosts, name="hosts"),
    path("<int:pk>/seats/", running.seats, name="seats"),
    path("<int:pk>/open-another/", running.room_open, name="room_open"),
    path("<int:pk>/balance/", balancing.even, name="balance"),
    path("<int:pk>/invite/", running.invitation_new, name="invitation_new"),
    path("", include("workshops.urls.talk")),
    path("", include("workshops.urls.rules")),
    path("", include("workshops.urls.gatherings")),
    path("", include("workshops.urls.lesson_calls")),
    path("", include("workshops.urls.groups")),
    path("", include("workshops.urls.duty")),
    path("", include("workshops.urls.hosting")),
    path("", include("workshops.urls.activity")),
    path("", include("workshops.urls.assessment")),
]
