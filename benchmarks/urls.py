from django.urls import path

from benchmarks.counting import bare
from config.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [path("bare/", bare), *urlpatterns]
