"""What is served of the site's own files, and what is said of those that are not there."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from config.collected import named_files


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/static/css/none.css", "/static/npm/none.js"])
def test_a_missing_static_file_is_not_found(path):
    assert Client().get(path).status_code == 404


def test_every_file_that_a_page_names_is_there():
    assert [name for name in named_files() if not finders.find(name)] == []
    assert "css/site.css" in named_files()
