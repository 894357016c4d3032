from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

from courses.domain.homework import clean_text

register = template.Library()


@register.filter
def safe_text(text: str) -> SafeString:
    """Homework as it may be shown: cleaned when written, and once more when read."""
    cleaned = clean_text(text)
    return mark_safe(cleaned if "<" in cleaned else linebreaks(cleaned))  # noqa: S308 - nh3 cleaned it
