from django.conf import settings
from django.urls import path

from core.views import frame, styleguide

app_name = "core"

urlpatterns = [
    path("language/", frame.set_language, name="set_language"),
    path("theme/", frame.set_theme, name="set_theme"),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", styleguide.styleguide, name="styleguide"))
