import tomllib
from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from portal.models import HelpIndexPage, HelpPage, HomePage, NewsIndexPage, NewsPage

CONTENT = Path(__file__).resolve().parents[2] / "content" / "portal.toml"


class Command(BaseCommand):
    help = "Makes the public portal: home, news and help. Safe to repeat; edited pages stay."

    @transaction.atomic
    def handle(self, *args, **options):
        content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
        home = self._home(content["home"])
        news = under(home, NewsIndexPage(**content["news_index"], show_in_menus=True))
        help_index = under(home, HelpIndexPage(**content["help_index"], show_in_menus=True))
        for fields in reversed(content["news"]):
            age = timedelta(days=fields.pop("days_ago"))
            under(news, NewsPage(published_on=timezone.localdate() - age, **article(fields)))
        for fields in content["help"]:
            under(help_index, HelpPage(**article(fields)))
        self.stdout.write(
            f"Portal ready: {NewsPage.objects.count()} news, {HelpPage.objects.count()} help pages."
        )

    def _home(self, fields):
        """The home page at the root of the default site; Wagtail's welcome page goes."""
        home = HomePage.objects.first()
        if home is None:
            root = Page.get_first_root_node()
            home = root.add_child(instance=HomePage(slug="portal", **fields))
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": "localhost",
                "port": 80,
                "root_page": home,
                "site_name": fields["title"],
            },
        )
        welcome = Page.objects.filter(depth=2, slug="home", numchild=0).first()
        if welcome is not None and welcome.specific_class is Page:
            welcome.delete()
        return home


def under(parent, page):
    """``page`` below ``parent``, or the one that already has its slug."""
    parent.refresh_from_db()
    there = parent.get_children().filter(slug=page.slug).first()
    return there.specific if there else parent.add_child(instance=page)


def article(fields):
    """Field values with both bodies as stream data."""
    return fields | {name: [block(*item) for item in fields[name]] for name in ("body", "body_en")}


def block(kind, value):
    if kind == "table":
        head, *rows = value
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in head],
            "rows": [{"values": row} for row in rows],
            "caption": "",
        }
    return {"type": kind, "value": value}
