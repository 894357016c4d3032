"""Addresses of calls for hosts and of the lists that units file."""

from django.urls import path

from workshops.views import calling, host_lists, hosting, recommending

urlpatterns = [
    path("hosting/", hosting.hosting, name="hosting"),
    path("hosting/calls/", calling.host_calls, name="host_calls"),
    path("hosting/calls/new/", calling.call_new, name="call_new"),
    path("hosting/calls/<int:pk>/", hosting.host_call, name="host_call"),
    path("hosting/calls/<int:pk>/edit/", calling.call_edit, name="call_edit"),
    path(
        "hosting/calls/<int:pk>/applications/",
        calling.call_applications,
        name="call_applications",
    ),
    path("hosting/calls/<int:pk>/select/", calling.call_select, name="call_select"),
    path("hosting/topics/<int:pk>/", hosting.volunteer, name="volunteer"),
    path("hosting/recommend/", recommending.to_recommend, name="to_recommend"),
    path("hosting/applications/<int:pk>/", hosting.host_application, name="host_application"),
    path("hosting/applications/<int:pk>/file/", hosting.application_file, name="application_file"),
    path(
        "hosting/applications/<int:pk>/withdraw/",
        hosting.application_withdraw,
        name="application_withdraw",
    ),
    path(
        "hosting/applications/<int:pk>/recommend/",
        recommending.recommendation,
        name="recommendation",
    ),
    path(
        "hosting/applications/<int:pk>/decline/",
        calling.application_decline,
        name="application_decline",
    ),
    path("hosting/lists/", host_lists.host_lists, name="host_lists"),
    path("hosting/lists/last-day/", host_lists.list_day, name="list_day"),
    path("hosting/lists/remind/", host_lists.lists_remind, name="lists_remind"),
    path("hosting/lists/<int:pk>/", host_lists.host_list, name="host_list"),
    path("hosting/lists/<int:pk>/send/", host_lists.list_send, name="list_send"),
    path("hosting/lists/versions/<int:pk>/", host_lists.list_version, name="list_version"),
    path(
        "hosting/lists/versions/<int:pk>/take-back/",
        host_lists.list_take_back,
        name="list_take_back",
    ),
]
