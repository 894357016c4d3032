"""Small helps for the course pages: ``{% load courses_look %}``."""

from django import template

register = template.Library()


@register.filter
def get(known: dict, key):
    """The value under ``key``; empty when there is none."""
    return known.get(key, "")
