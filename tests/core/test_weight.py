"""What a teacher's page makes an old office computer fetch."""

import gzip
import re
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.shortcuts import render

from core.views.styleguide import styleguide

LIMIT = 150 * 1024  # bytes of CSS and JS after gzip, before the player


def test_the_frame_is_light_and_from_this_host(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    page = render(request, "404.html").text
    addresses = re.findall(r'(?:<script src|<link rel="stylesheet" href)="([^"]+)"', page)
    assert len(addresses) == 5
    assert all(address.startswith("/static/") for address in addresses)
    files = [finders.find(address.removeprefix("/static/")) for address in addresses]
    weight = sum(len(gzip.compress(Path(file).read_bytes())) for file in files)
    assert weight < LIMIT / 3


def test_nothing_stands_in_the_page_that_the_policy_forbids(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    page = styleguide(request).text
    assert re.findall(r"<script(?! src| id)", page) == []
    assert re.findall(r" on[a-z]+=| style=", page) == []
