"""Addresses in a text: where they lead, and whether that is one of the allowed hosts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

ADDRESS = re.compile(r"https?://[^\s<>\"'`，。；：！？、（）《》“”‘’【】]+", re.IGNORECASE)
MARKED = re.compile(r'<a href="([^"]*)"')


def host_of(address: str) -> str:
    """The host that a browser would go to; "" for what is no honest web address.

    A backslash or a control character makes browsers and libraries disagree, so it is none.
    """
    if re.search(r"[\\\x00-\x20\x7f]", address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        return host.rstrip(".").lower() if parts.scheme.lower() in ("http", "https") else ""
    except ValueError:
        return ""


def addresses_in(cleaned: str) -> list[str]:
    """Every web address of a cleaned HTML text, marked as a link or only written out."""
    marked = [html.unescape(one) for one in MARKED.findall(cleaned)]
    shown = html.unescape(re.sub("<[^>]*>", " ", cleaned))
    return marked + ADDRESS.findall(shown)


def is_allowed(address: str, hosts: Iterable[str]) -> bool:
    """Whether it leads to one of the hosts, or to one below such a host."""
    host = host_of(address)
    return bool(host) and any(host == one or host.endswith(f".{one}") for one in hosts)
