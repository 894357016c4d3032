from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from core import wording
from core.templatetags import look

NOON = datetime(2017, 9, 18, 4, tzinfo=UTC)  # 12:00 in Beijing
WINDOW_END = datetime(2017, 9, 30, 16, tzinfo=UTC)  # 24:00 of 30 September in Beijing


@pytest.mark.parametrize(
    ("value", "text"),
    [("31.50", "31.5"), ("4.00", "4"), ("0.00", "0"), ("100", "100"), (None, "0"), (18, "18")],
)
def test_hours_has_no_trailing_zeros(value, text):
    assert wording.hours(Decimal(value) if isinstance(value, str) else value) == text


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "6月15日（周四）"), ("en", "Thu 15 June")]
)
def test_day_names_the_weekday(language, text):
    with translation.override(language):
        assert wording.day(date(2017, 6, 15)) == text


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "2018年1月3日（周三）"), ("en", "Wed 3 Jan 2018")]
)
def test_day_of_another_year_names_the_year(language, text):
    with translation.override(language):
        assert wording.day(date(2018, 1, 3)) == text


@time_machine.travel(NOON, tick=False)
def test_the_end_of_a_window_is_its_last_day():
    assert wording.last_day(WINDOW_END) == date(2017, 9, 30)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("value", "text", "urgency"),
    [
        (WINDOW_END, "12 days left", "soon"),
        (date(2017, 9, 30), "12 days left", "soon"),
        (date(2017, 12, 31), "104 days left", ""),
        (date(2017, 9, 19), "1 day left", "soon"),
        (date(2017, 9, 18), "Last day today", "soon"),
        (date(2017, 9, 17), "Closed", "over"),
        (None, "No last day", ""),
        ("", "No last day", ""),
    ],
)
def test_days_left_counts_to_the_last_day(value, text, urgency):
    with translation.override("en"):
        assert (wording.days_left(value), wording.urgency(value)) == (text, urgency)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(6, 12, "50.0%"), (0, 2, "0.0%"), (20, 18, "100.0%"), (0, 0, "100.0%")],
)
def test_percent_stays_between_nothing_and_all(part, whole, share):
    assert look.percent(part, whole) == share


def test_a_component_included_with_only_still_carries_the_csrf_field():
    request = RequestFactory().get("/")
    template = Template(
        '{% include "components/post_button.html" with url="/x/" label="Go" only %}'
    )
    html = template.render(RequestContext(request))
    assert 'name="csrfmiddlewaretoken" value="' in html
    assert request.META["CSRF_COOKIE"]


def test_query_with_keeps_the_filters_and_drops_the_page():
    request = RequestFactory().get("/?school=3&page=2")
    html = Template("{% load look %}{% query_with sort='-name' page=None %}").render(
        RequestContext(request)
    )
    assert html == "?school=3&amp;sort=-name"


@pytest.mark.parametrize(
    ("query", "head"),
    [
        ("", '<th scope="col"><a href="?sort=name">Name</a></th>'),
        ("?sort=name", '<th scope="col" aria-sort="ascending"><a href="?sort=-name">Name</a></th>'),
        (
            "?sort=-name",
            '<th scope="col" aria-sort="descending"><a href="?sort=name">Name</a></th>',
        ),
    ],
)
def test_sort_head_says_how_the_table_is_sorted(query, head):
    request = RequestFactory().get(f"/{query}")
    html = Template("{% load look %}{% sort_head 'name' 'Name' %}").render(RequestContext(request))
    assert html.strip().endswith(head)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("opens_on", "closes_on", "chinese", "english"),
    [
        (date(2017, 3, 1), date(2017, 3, 31), "3月1–31日", "1–31 March"),
        (date(2017, 6, 15), date(2017, 9, 30), "6月15日–9月30日", "15 June–30 Sept"),
        (date(2017, 6, 15), date(2017, 6, 15), "6月15日", "15 June"),
    ],
)
def test_a_span_names_one_month_once(opens_on, closes_on, chinese, english):
    with translation.override("zh-hans"):
        assert wording.day_span(opens_on, closes_on) == chinese
    with translation.override("en"):
        assert wording.day_span(opens_on, closes_on) == english


@time_machine.travel(NOON, tick=False)
def test_a_span_may_lack_an_end():
    with translation.override("en"):
        assert wording.day_span(None, date(2017, 12, 31)) == "until 31 Dec"
        assert wording.day_span(date(2017, 6, 1), None) == "from 1 June"
        assert wording.day_span(None, None) == ""
