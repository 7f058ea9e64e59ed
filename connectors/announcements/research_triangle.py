"""News of the Research Triangle Regional Partnership."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import news_cards, rss
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import having, read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="research_triangle",
    title="News",
    publisher="Research Triangle Regional Partnership",
    address="https://www.researchtriangle.org/news/",
    licence="Copyright of the publisher and of the papers it repeats; facts may be cited with their address.",
    cadence="several a week",
    document="No layout is published; an article has the label 'Date Published:' and, at its end, its original source",
    caveats=(
        "Mirrors in other languages repeat the articles with damaged numbers: only paths without a language are taken.",
        "Most articles are repeated from newspapers: one project, several texts.",
    ),
)

_BASE = "https://www.researchtriangle.org"
_CARDS = (
    "//article[.//a[contains(@href, '/news/')]]",
    f"//*[{having('post')} or {having('card')}][.//a[contains(@href, '/news/')]]",
)
LISTING = news_cards.listing(SOURCE.name, _BASE, ("www.researchtriangle.org", "researchtriangle.org"), _CARDS)
ARTICLE = news_cards.article(SOURCE.name, _BASE)
PAGES = (f"{_BASE}/news/", f"{_BASE}/news/page/2/")


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


def parse_feed(reply: Reply, name: str) -> pd.DataFrame:
    """Links of the site's own news feed."""
    return rss.read_feed(reply, name, SOURCE.name, LISTING.base)


def _links(reply: Reply, name: str) -> pd.DataFrame:
    return parse_feed(reply, name) if name.endswith(".xml") else parse_listing(reply, name)


FEEDS = (texts_feed(_links, parse_article, PAGES, LISTING.hosts, LISTING.paths, rss=f"{_BASE}/feed/"),)
