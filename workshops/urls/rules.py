"""Addresses of the word list and the link rules."""

from django.urls import path

from workshops.views import rules

urlpatterns = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<int:pk>/", rules.version, name="rules_version"),
    path("rules/<int:pk>/try/", rules.attempt, name="rules_try"),
    path("rules/<int:pk>/switch/", rules.switch, name="rules_switch"),
    path("leaving/", rules.leaving, name="leaving"),
]
