"""News of the Greater Durham Chamber's economic development site."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import news_cards
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import having, read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="durham_economic_development",
    title="News",
    publisher="Greater Durham Chamber of Commerce, economic development",
    address="https://durhameconomicdevelopment.com/news",
    licence="Copyright of the publisher; facts may be cited with their address.",
    cadence="several a month",
    document="No layout is published; an article has its title, the line 'Published May 21, 2021' and its text",
    caveats=("Often repeats an article of the state's biotechnology center: one project, several texts.",),
)

_BASE = "https://durhameconomicdevelopment.com"
_CARDS = (
    "//article[.//a[contains(@href, '/news/')]]",
    f"//*[{having('card')} or {having('news-item')}][.//a[contains(@href, '/news/')]]",
    "//li[.//a[contains(@href, '/news/')]]",
)
LISTING = news_cards.listing(
    SOURCE.name, _BASE, ("durhameconomicdevelopment.com", "www.durhameconomicdevelopment.com"), _CARDS
)
ARTICLE = news_cards.article(SOURCE.name, _BASE)
PAGES = (f"{_BASE}/news",)


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


FEEDS = (texts_feed(parse_listing, parse_article, PAGES, LISTING.hosts, LISTING.paths),)
