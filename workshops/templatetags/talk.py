from django import template
from django.utils.safestring import SafeString, mark_safe

from workshops.domain.talk_text import shown_talk
from workshops.models import Post

register = template.Library()


@register.filter
def talk_text(text: str) -> SafeString:
    """A text as it may be shown: cleaned when written, and once more when read."""
    return mark_safe(shown_talk(text))  # noqa: S308 - nh3 cleaned it


@register.filter
def post_text(post: Post, workshop: int) -> SafeString:
    """The text of a post, with those whom it names as links into the workshop."""
    return mark_safe(shown_talk(post.text, post.mentions, workshop))  # noqa: S308 - nh3 cleaned it
