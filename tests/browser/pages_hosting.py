"""Second looks at calls and lists: as those who decide, and what came back."""

from django.urls import reverse

from tests.browser.pages import Look
from tests.matrix.rows_workshops_hosting import application, due, version
from workshops.domain.host_lists.filing import review_list
from workshops.enums.hosting import ListState


def asked(world):
    return reverse("workshops:host_application", kwargs=application(world))


def lists(world):
    due(world)
    return reverse("workshops:host_lists")


def to_review(world):
    return reverse("workshops:list_version", kwargs=version(world))


def returned(world):
    version(world)
    by = world.people["city_administrator_home"]
    review_list(world.things["version"], ListState.RETURNED, words="语文只有一人", by=by)
    return reverse("workshops:host_list", args=[world.home_county.pk])


MORE = [
    Look("an application before the school's word", asked, "principal_home"),
    Look("lists of hosts, for the city", lists, "city_administrator_home"),
    Look("lists of hosts, for the province", lists, "project_officer"),
    Look("a list of hosts to decide on", to_review, "city_administrator_home"),
    Look("a list of hosts that came back", returned, "county_administrator_home"),
]
