"""Addresses of a school's study groups."""

from django.urls import path

from workshops.views import groups

urlpatterns = [
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/<int:pk>/people/", groups.group_people, name="group_people"),
    path("groups/<int:pk>/lead/", groups.group_lead, name="group_lead"),
]
