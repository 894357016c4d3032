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
    path("", include("workshops.talk_urls")),
    path("", include("workshops.rules_urls")),
    path("", include("workshops.gathering_urls")),
    path("", include("workshops.lesson_call_urls")),
    path("", include("workshops.group_urls")),
    path("", include("workshops.duty_urls")),
    path("", include("workshops.hosting_urls")),
    path("", include("workshops.activity_urls")),
    path("", include("workshops.assessment_urls")),
]
