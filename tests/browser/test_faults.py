"""Whoever looks at the pages sees what is wrong with one, and does not blame the next for it."""

import pytest
from django.http import HttpResponse

from tests.browser.window import new_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

EVERY_LOOK = ["1280 light", "1280 dark", "360 light", "360 dark"]
PAGE = """<!doctype html><html lang="zh-hans"><head><title>研修</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="/static/favicon.svg">
<style nonce="x">body {{ background: #fff; color: #000 }} {style}</style></head>
<body><main><h1>研修</h1>{body}</main></body></html>"""
POLICY = "default-src 'self'; style-src 'self' 'nonce-x'; script-src 'nonce-x'; img-src *"


@pytest.fixture
def faults(window):
    """What a look says of a page that is right but for ``body`` and ``style``."""

    def look(body="", style=""):
        answer = HttpResponse(PAGE.format(body=body, style=style))
        answer.headers["Content-Security-Policy"] = POLICY
        return window.faults_of("/", answer, new_client())

    return look


@pytest.mark.parametrize(
    ("body", "style", "found"),
    [
        ('<img src="/static/favicon.svg">', "", ["1280 light image-alt", "360 light image-alt"]),
        (
            "<p>文字</p>",
            "p { color: #ccc }",
            [f"{look} color-contrast" for look in EVERY_LOOK],
        ),
        (
            "<p>文字</p>",
            "@media (prefers-color-scheme: dark) { p { color: #ccc } }",
            ["1280 dark color-contrast", "360 dark color-contrast"],
        ),
        (
            "<p>文字</p>",
            "@media (width < 400px) { p { color: #ccc } }",
            ["360 light color-contrast", "360 dark color-contrast"],
        ),
        ("<p>文字</p>", "p { width: 600px }", ["360 scrolls sideways"]),
        ("<script>1</script>", "", ["console"]),
        ('<p style="color: red">文字</p>', "", ["console"]),
        ('<script nonce="x">missing()</script>', "", ["script error"]),
        ('<img src="http://elsewhere.example/a.png" alt="">', "", ["asks another host"]),
        ('<img src="/gone.png" alt="">', "", ["misses"]),
    ],
)
def test_a_look_sees_what_is_wrong_and_forgets_it_for_the_next_page(faults, body, style, found):
    assert [fault.partition(":")[0] for fault in faults(body, style)] == found
    assert faults("<p>文字</p>") == []


def test_a_page_finds_nothing_that_the_page_before_stored(faults):
    script = '<script nonce="x">if (localStorage.mark) missing(); localStorage.mark = 1</script>'
    assert [faults(script), faults(script)] == [[], []]
