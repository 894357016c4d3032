"""Small helps for the course pages: ``{% load courses_look %}``."""

from django import template

register = template.Library()


@register.filter
def get(known: dict, key: str):
    """The value under ``key``, or the key itself."""
    return known.get(key, key)
