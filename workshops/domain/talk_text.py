"""What of a post's HTML is kept and shown: homework's formatting, and links that say where."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

import nh3
from django.urls import reverse
from django.utils.html import escape, linebreaks

from courses.domain.homework import ALLOWED_TAGS, LONGEST_TEXT
from workshops.domain.rules.links import ADDRESS, host_of

TAGS = ALLOWED_TAGS | {"a"}
REL = "noopener noreferrer nofollow"
_PIECES = re.compile(r"(<[^>]*>)")
_TRAILING = ".,;:!?)"


def clean_talk(text: str) -> str:
    """The text as it is kept: no formatting beyond ours, no address but of the web."""
    text = text.replace("\x00", "")[:LONGEST_TEXT]
    return _cleaned(text, _web_address).strip()


def shown_talk(text: str, mentions: Mapping[str, bool] | None = None, workshop: int = 0) -> str:
    """The same as HTML for a page: cleaned once more, addresses and mentions as links.

    Every address leads over the page that says where one goes. ``mentions``: names behind an @
    and whether they host; they lead to the members of ``workshop``, or to its page.
    """
    cleaned = _cleaned(text, _over_the_door)
    if "<" not in cleaned:
        cleaned = linebreaks(cleaned)
    if "://" not in cleaned and not mentions:
        return cleaned
    return _linked(cleaned, mentions or {}, workshop)


def _cleaned(text: str, address: Callable[[str], str | None]) -> str:
    return nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, name, value: address(value) if name == "href" else value,
        link_rel=REL,
    )


def _web_address(value: str) -> str | None:
    return value if host_of(value) else None


def _over_the_door(value: str) -> str | None:
    if not host_of(value):
        return None
    return f"{reverse('workshops:leaving')}?{urlencode({'to': value})}"


def _linked(cleaned: str, mentions: Mapping[str, bool], workshop: int) -> str:
    """Addresses and mentions outside of links, piece by piece between the tags."""
    named = _mentions_of(mentions)
    inside, made = False, []
    for piece in _PIECES.split(cleaned):
        if piece.startswith("<"):
            inside = piece.startswith("<a") or inside and piece != "</a>"
        elif not inside:
            piece = ADDRESS.sub(_address_link, piece)
            if named:
                piece = _outside_links(piece, named, mentions, workshop)
        made.append(piece)
    return "".join(made)


def _address_link(found: re.Match[str]) -> str:
    shown = found[0].rstrip(_TRAILING)
    target = _over_the_door(html.unescape(shown))
    if target is None:
        return found[0]
    return f'<a href="{escape(target)}" rel="{REL}">{shown}</a>{found[0][len(shown) :]}'


def _mentions_of(mentions: Mapping[str, bool]) -> re.Pattern[str] | None:
    names = sorted((escape(one) for one in mentions), key=len, reverse=True)
    return re.compile("[@＠](" + "|".join(map(re.escape, names)) + ")") if names else None


def _outside_links(
    piece: str, named: re.Pattern[str], mentions: Mapping[str, bool], workshop: int
) -> str:
    def link(found: re.Match[str]) -> str:
        name = html.unescape(found[1])
        place = reverse("workshops:workshop", args=[workshop])
        if not mentions.get(name):
            place = f"{reverse('workshops:members', args=[workshop])}?q={quote(name)}"
        return f'<a class="mention" href="{escape(place)}">{found[0]}</a>'

    parts = re.split(r"(<a .*?</a>)", piece)
    return "".join(part if part.startswith("<a ") else named.sub(link, part) for part in parts)
