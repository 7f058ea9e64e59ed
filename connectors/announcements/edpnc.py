"""News of the Economic Development Partnership of North Carolina."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import news_cards, rss
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import having, read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="edpnc",
    title="News and events",
    publisher="Economic Development Partnership of North Carolina",
    address="https://edpnc.com/news-events/",
    licence="Copyright of the publisher; facts may be cited with their address.",
    cadence="several a month",
    document="No layout is published; the cards carry a date as month/day/year, a title and the first words",
    caveats=(
        "The sentence about wages comes late in the text.",
        "Events and campaigns stand among the announcements.",
    ),
)

_BASE = "https://edpnc.com"
_CARDS = (
    f"//*[{having('news-card')}]",
    "//article[.//a[contains(@href, '/news/')]]",
    f"//*[{having('card')}][.//a[contains(@href, '/news/')]]",
)
LISTING = news_cards.listing(SOURCE.name, _BASE, ("edpnc.com", "www.edpnc.com"), _CARDS)
ARTICLE = news_cards.article(SOURCE.name, _BASE)
PAGES = (f"{_BASE}/news-events/", f"{_BASE}/news-events/page/2/")


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
