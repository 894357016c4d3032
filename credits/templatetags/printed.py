"""Texts that are kept in both languages, in the reader's: ``{% load printed %}``."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def printed_text(row: dict, name: str) -> str:
    """``name``_zh of ``row``, or ``name``_en for a reader of English."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return row[f"{name}_{language}"]
