"""The demo's settings on the benchmark's database, with a bare page to compare by."""

from config.settings.demo import *

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.counting.CountingMiddleware", *MIDDLEWARE]
LOGGING = {**LOGGING, "root": {"handlers": ["lines"], "level": "ERROR"}}
