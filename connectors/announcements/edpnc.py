"""News of the Economic Development Partnership of North Carolina."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import rss
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import Article, Listing, having, read_article, read_listing
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

LISTING = Listing(
    site=SOURCE.name,
    base="https://edpnc.com",
    rows=(
        f"//*[{having('news-card')}]",
        "//article[.//a[contains(@href, '/news/')]]",
        f"//*[{having('card')}][.//a[contains(@href, '/news/')]]",
    ),
    link=(".//h2//a[@href]", ".//h3//a[@href]", ".//h4//a[@href]", ".//a[@href][normalize-space()]"),
    date=(".//time/@datetime", ".//time", f".//*[{having('date')}]", f".//*[{having('entry-date')}]", "."),
    teaser=(f".//*[{having('excerpt')}]", ".//p"),
    hosts=("edpnc.com", "www.edpnc.com"),
    paths=("/news/",),
)
ARTICLE = Article(
    site=SOURCE.name,
    base="https://edpnc.com",
    body=(f"//*[{having('entry-content')}]", f"//*[{having('post-content')}]", "//article", "//main"),
)
PAGES = ("https://edpnc.com/news-events/", "https://edpnc.com/news-events/page/2/")


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


FEEDS = (texts_feed(_links, parse_article, PAGES, LISTING.hosts, LISTING.paths, rss="https://edpnc.com/feed/"),)
