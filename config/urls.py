"""Every address of the site. Each app brings its own list."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("core.urls")),
    path("videos/", include("videos.urls")),
    path("courses/", include("courses.urls")),
    path("lessons/", include("lessons.urls")),
    path("workshops/", include("workshops.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("organisations/", include("organisations.urls")),
    path("space/", include("space.urls")),
    path("credits/", include("credits.urls")),
    path("programmes/", include("programmes.urls")),
    path("inbox/", include("notifications.urls")),
    path("bureau/", include("bureau.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("", include("portal.urls")),
    path("", include(wagtail_urls)),
]

handler500 = "core.views.errors.server_error"
