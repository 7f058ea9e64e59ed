"""News of the North Carolina Department of Commerce: job announcements among much else."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import state_platform
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="nc_commerce",
    title="Press releases",
    publisher="North Carolina Department of Commerce",
    address="https://www.commerce.nc.gov/news/press-releases",
    licence=state_platform.LICENCE,
    cadence="several a week; an announcement appears on the day it is made",
    document=state_platform.DOCUMENT,
    caveats=(
        "Job announcements stand among unemployment figures, grants and round-ups, which repeat earlier jobs.",
        "The dateline is Raleigh, which is not the site of the project.",
    ),
)

_BASE = "https://www.commerce.nc.gov"
LISTING = state_platform.listing(SOURCE.name, _BASE, ("www.commerce.nc.gov", "commerce.nc.gov", "www.nccommerce.com"))
ARTICLE = state_platform.article(SOURCE.name, _BASE)
PAGES = tuple(f"{_BASE}/news/press-releases?page={number}" for number in range(6))
"""Listing pages count from 0, the newest; the page of a given month moves as releases are added."""


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


FEEDS = (texts_feed(parse_listing, parse_article, PAGES, LISTING.hosts, LISTING.paths),)
