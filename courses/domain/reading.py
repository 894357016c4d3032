"""How long a text takes to read."""

import re
from math import ceil

from django.utils.html import strip_tags

from courses.models import ModulePage
from courses.policy import HAN_PER_MINUTE, LEAST_READING_SECONDS, WORDS_PER_MINUTE

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
WORD = re.compile(r"[A-Za-z0-9]+")


def reading_seconds(text: str) -> int:
    """The seconds a careful reader needs for ``text``: 300 Han characters a minute.

    Units: seconds, whole, at least one minute.
    """
    seconds = len(HAN.findall(text)) * 60 / HAN_PER_MINUTE
    seconds += len(WORD.findall(text)) * 60 / WORDS_PER_MINUTE
    return max(LEAST_READING_SECONDS, ceil(seconds))


def page_reading_seconds(page: ModulePage) -> int:
    """The module's reading time: the editor's own number, else computed from its text."""
    if page.reading_minutes:
        return page.reading_minutes * 60
    return reading_seconds(page_text(page))


def page_text(page: ModulePage) -> str:
    """All that is to be read in the module, as plain text."""
    return " ".join(_block_text(block) for block in page.body)


def _block_text(block) -> str:
    if block.block_type == "text":
        return strip_tags(block.value.source)
    if block.block_type == "figure":
        return block.value.get("caption") or ""
    if block.block_type == "table":
        return " ".join(str(cell.value) for row in block.value.rows for cell in row)
    return ""
