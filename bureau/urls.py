from django.urls import path

from bureau.views import imports

app_name = "bureau"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/<slug:kind>/", imports.upload, name="upload"),
    path("imports/new/<slug:kind>/template/", imports.template, name="template"),
    path("imports/<int:pk>/", imports.show_import, name="import"),
    path("imports/<int:pk>/apply/", imports.apply_import, name="apply_import"),
    path("imports/<int:pk>/discard/", imports.discard_import, name="discard_import"),
    path("imports/<int:pk>/returned/", imports.returned, name="returned"),
]
