from django.urls import path

from organisations.views import browse, changes

app_name = "organisations"

urlpatterns = [
    path("", browse.index, name="index"),
    path("<int:pk>/", browse.unit, name="unit"),
    path("<int:pk>/open/", changes.open_below, name="open"),
    path("<int:pk>/rename/", changes.rename, name="rename"),
    path("<int:pk>/move/", changes.move, name="move"),
    path("<int:pk>/merge/", changes.merge, name="merge"),
    path("<int:pk>/close/", changes.close, name="close"),
    path("<int:pk>/acting-county/", changes.acting_county, name="acting_county"),
]
