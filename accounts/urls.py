from django.urls import path

from accounts.views import profile

app_name = "accounts"

urlpatterns = [
    path("me/", profile.profile, name="profile"),
    path("me/email/", profile.change_email, name="change_email"),
    path("me/email/forget/", profile.forget_own_email, name="forget_email"),
    path("me/email/confirm/<str:token>/", profile.confirm_own_email, name="confirm_email"),
    path("me/phone/", profile.change_phone, name="change_phone"),
    path("me/sessions/end/", profile.end_other_sessions, name="end_sessions"),
]
