"""Addresses of trainings, seminars and signing in."""

from django.urls import path

from workshops.views import gathering_office, gatherings, priority, signing_in

urlpatterns = [
    path("gatherings/", gatherings.gatherings, name="gatherings"),
    path("gatherings/files/<int:pk>/", gatherings.file, name="gathering_file"),
    path("gatherings/<int:pk>/", gatherings.gathering, name="gathering"),
    path("gatherings/<int:pk>/answer/", gatherings.answer, name="gathering_answer"),
    path("gatherings/<int:pk>/invite/", gathering_office.invite_again, name="invite_again"),
    path("gatherings/<int:pk>/places/", gathering_office.capacity, name="gathering_capacity"),
    path("gatherings/<int:pk>/cancel/", gathering_office.cancel, name="gathering_cancel"),
    path("gatherings/<int:pk>/minutes/", gathering_office.minutes, name="minutes"),
    path("gatherings/<int:pk>/meetings/", gathering_office.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/move/", gathering_office.meeting_move, name="meeting_move"),
    path("meetings/<int:pk>/screen/", signing_in.screen, name="meeting_screen"),
    path("meetings/<int:pk>/code/", signing_in.code, name="meeting_code"),
    path("meetings/<int:pk>/sign-in/", signing_in.sign, name="sign_in"),
    path("meetings/<int:pk>/list/", signing_in.attendance, name="meeting_list"),
    path("trainings/", gatherings.trainings, name="trainings"),
    path("trainings/new/", gathering_office.training_new, name="training_new"),
    path("trainings/priority/", priority.priority, name="priority"),
    path("trainings/priority/<int:pk>/", priority.version, name="priority_version"),
    path("<int:pk>/seminars/", gatherings.seminars, name="seminars"),
    path("<int:pk>/seminars/new/", gathering_office.seminar_new, name="seminar_new"),
]
