from django.urls import path

from accounts.views import appointments, people, profile, slips, upkeep

app_name = "accounts"

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/find/", people.find, name="find"),
    path("people/add/<int:unit>/", people.add, name="add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="change"),
    path("people/<int:pk>/move/", upkeep.move, name="move"),
    path("people/<int:pk>/deactivate/", upkeep.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", upkeep.reactivate, name="reactivate"),
    path("people/<int:pk>/second-factor/", upkeep.remove_factor, name="remove_factor"),
    path("people/<int:pk>/appoint/", appointments.add, name="appoint"),
    path("people/<int:pk>/code/", slips.one, name="code"),
    path("people/appointments/<int:pk>/end/", appointments.end, name="end_appointment"),
    path("people/slips/<int:school>/", slips.school, name="slips"),
    path("me/", profile.profile, name="profile"),
    path("me/email/", profile.change_email, name="change_email"),
    path("me/email/forget/", profile.forget_own_email, name="forget_email"),
    path("me/email/confirm/<str:token>/", profile.confirm_own_email, name="confirm_email"),
    path("me/phone/", profile.change_phone, name="change_phone"),
    path("me/sessions/end/", profile.end_other_sessions, name="end_sessions"),
]
