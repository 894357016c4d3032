from portal.models.help import HelpIndexPage, HelpPage
from portal.models.home import HomePage
from portal.models.news import NewsIndexPage, NewsPage

__all__ = ["HelpIndexPage", "HelpPage", "HomePage", "NewsIndexPage", "NewsPage"]
