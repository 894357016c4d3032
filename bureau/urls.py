from django.urls import path

from bureau.views import boards, exports, imports, lesson_board

app_name = "bureau"

urlpatterns = [
    path("reviews/received/", exports.received, name="received_reviews"),
    path("", boards.home, name="home"),
    path("units/<int:pk>/", boards.unit, name="unit"),
    path("units/<int:pk>/lessons/", lesson_board.unit_lessons, name="unit_lessons"),
    path("units/<int:pk>/check/", boards.check, name="check"),
    path("units/<int:pk>/recount/", boards.recount, name="recount"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/<slug:kind>/<int:unit>/", exports.make_export, name="make_export"),
    path("exports/<int:pk>/", exports.download, name="download"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/<slug:kind>/", imports.upload, name="upload"),
    path("imports/new/<slug:kind>/template/", imports.template, name="template"),
    path("imports/<int:pk>/", imports.show_import, name="import"),
    path("imports/<int:pk>/apply/", imports.apply_import, name="apply_import"),
    path("imports/<int:pk>/discard/", imports.discard_import, name="discard_import"),
    path("imports/<int:pk>/returned/", imports.returned, name="returned"),
]
