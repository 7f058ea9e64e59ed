"""News of the North Carolina Biotechnology Center: exact jobs and wages of life-science projects."""

from __future__ import annotations

import pandas as pd

from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import Article, Listing, having, read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="ncbiotech",
    title="News",
    publisher="North Carolina Biotechnology Center",
    address="https://www.ncbiotech.org/news",
    licence="Copyright of the publisher; facts may be cited with their address.",
    cadence="several a week",
    document="No layout is published; the site is Drupal with a field for the body",
    caveats=(
        "Answers programs with 403 (a check for robots): save the page from a browser, then `gapengine announcements "
        "import`.",
        "Listings carry no date.",
    ),
)

LISTING = Listing(
    site=SOURCE.name,
    base="https://www.ncbiotech.org",
    rows=(f"//*[{having('views-row')}]", "//article[.//a[contains(@href, '/news/')]]"),
    link=(f".//*[{having('views-field-title')}]//a", ".//h2//a", ".//h3//a"),
    date=(".//time/@datetime",),
    teaser=(f".//*[{having('field-content')}]//p", ".//p"),
    hosts=("www.ncbiotech.org", "ncbiotech.org"),
    paths=("/news/",),
)
ARTICLE = Article(
    site=SOURCE.name,
    base="https://www.ncbiotech.org",
    body=(f"//*[{having('field--name-body')}]", "//article", "//main"),
)


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


FEEDS = (texts_feed(parse_listing, parse_article, (), LISTING.hosts, LISTING.paths),)
"""Nothing is asked for: the site refuses programs, and this one does not pass for a browser. Saved pages are read."""
