#!/usr/bin/env python
"""Django's command line; `python3 run.py manage …` calls it inside the project's environment."""

import os
import sys

from django.core.management import execute_from_command_line

from config.garbage import collect_rarely

if __name__ == "__main__":
    collect_rarely()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    execute_from_command_line(sys.argv)
