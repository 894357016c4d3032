"""Addresses of the four levels' desk of activity."""

from django.urls import path

from workshops.views import activity

urlpatterns = [
    path("activity/", activity.activity, name="activity"),
    path("activity/<int:pk>/", activity.unit_activity, name="unit_activity"),
]
