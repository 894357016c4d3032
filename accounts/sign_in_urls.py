"""The addresses of signing in: those of allauth that are used here, and no other."""

from allauth.account import views as account
from django.urls import include, path

from accounts.views import activation, passwords, resets, sign_in

urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("activate/", activation.activate_account, name="account_activate"),
    path("password/change/", passwords.change, name="account_change_password"),
    path("password/reset/", resets.ask_for_reset, name="account_reset_password"),
    path("password/reset/<uidb64>/<token>/", resets.reset, name="account_reset_confirm"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("oidc/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
