"""News of Durham County: board highlights and letters of the County Manager that name awards voted."""

from __future__ import annotations

import pandas as pd

from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import Article, Listing, having, read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="durham_county",
    title="Durham County news",
    publisher="Durham County Government",
    address="https://dconc.gov/DurhamCo-News",
    licence="A public record of Durham County; facts may be cited with their address.",
    cadence="several a week",
    document="No layout is published; articles end in .htm, those of the former host carry 'Post Date:'",
    caveats=(
        "Highlights of a meeting list every award that was voted: one text, several projects.",
        "Totals of several projects are not a project.",
    ),
)

LISTING = Listing(
    site=SOURCE.name,
    base="https://dconc.gov",
    rows=(
        f"//*[{having('news-item')} or {having('list-item')}][.//a[contains(@href, 'News/')]]",
        "//li[.//a[contains(@href, 'News/')]]",
        "//tr[.//a[contains(@href, 'News/')]]",
    ),
    link=(".//h2//a[@href]", ".//h3//a[@href]", ".//a[contains(@href, 'News/')][normalize-space()]"),
    date=(".//time/@datetime", ".//time", f".//*[{having('date')}]", "."),
    teaser=(".//p",),
    hosts=("dconc.gov", "www.dconc.gov", "dconcgov.prod.govaccess.org"),
    paths=("/DurhamCo-News/", "/Home/Components/News/News/"),
)
ARTICLE = Article(
    site=SOURCE.name,
    base="https://dconc.gov",
    body=(
        f"//*[{having('news-article')} or {having('article-content')}]",
        "//article",
        "//main",
        "//*[@id='main-content']",
    ),
    date=("//meta[@property='article:published_time']/@content", "//time/@datetime", f"//*[{having('date')}]"),
)
PAGES = ("https://dconc.gov/DurhamCo-News", "https://dconc.gov/DurhamCo-News?page=2")


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


FEEDS = (texts_feed(parse_listing, parse_article, PAGES, LISTING.hosts, LISTING.paths),)
