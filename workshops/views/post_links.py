"""What stands around each of the fifty posts of a page: its marks, and what one may do with it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Reader:
    """Who reads the thread, and what they may do in it."""

    key: int
    read_to: int
    replies: bool
    writes: bool
    moderates: bool


class PostLinks:
    """The links below a post. Addresses are put together from one and words translated once:
    a template that does so for each of fifty posts costs more than all else of the page."""

    def __init__(self, thread, reader):
        self.reader = reader
        root = reverse("workshops:home")
        posts = f"{root}posts/{{key}}/"
        self._quote = _link(f"{root}threads/{thread.pk}/?quote={{key}}#write", _("Quote"))
        self._edit = _link(f"{posts}edit/", _("Edit"))
        self._report = _link(f"{posts}report/", _("Report"))
        self._hide = _link(f"{posts}hide/", _("Hide"))
        self._restore = _link(f"{posts}restore/", _("Show it again"))

    def below(self, post):
        """Safe text: only whole numbers are put into what was escaped before."""
        wanted = "".join(self._wanted(post))
        return mark_safe(wanted.format(key=post.pk, number=post.number))  # noqa: S308

    def _wanted(self, post):
        reader, own, hidden = self.reader, post.author_id == self.reader.key, post.hidden_at
        if reader.replies:
            yield self._quote
        if reader.writes and own:
            yield self._edit
        if not own and not hidden:
            yield self._report
        if reader.moderates:
            yield self._restore if hidden and not post.held_at else self._hide


def _link(address, word):
    escaped = format_html("{}", word).replace("{", "{{").replace("}", "}}")
    return f'<a href="{address}" aria-label="{escaped} {{number}}">{escaped}</a>'


def dressed(posts, thread, reader):
    """The same posts with ``marks`` (class and word of each) and ``links``."""
    links = PostLinks(thread, reader)
    host, new, answer, adopted = _("host"), _("new"), _("the answer"), _("adopted")
    for post in posts:
        share = getattr(post, "share", None)
        marks = [("", host)] if post.as_host else []
        if post.number > reader.read_to and post.author_id != reader.key:
            marks.append((" next", new))
        if share is not None:
            role, done = share.get_role_display(), share.adopted_at
            marks.append((" ok", f"{role} · {adopted}") if done else ("", role))
        if post.pk == thread.answer_id:
            marks.append((" ok", answer))
        post.marks, post.links = marks, links.below(post)
    return posts
