"""Press releases of the Governor of North Carolina: the same announcements as Commerce, and others."""

from __future__ import annotations

import pandas as pd

from connectors.announcements import state_platform
from connectors.announcements.fetching import texts_feed
from connectors.announcements.layout import read_article, read_listing
from connectors.replies import Reply
from connectors.source import Source

SOURCE = Source(
    name="governor_nc",
    title="Press releases",
    publisher="Office of the Governor of North Carolina",
    address="https://governor.nc.gov/news/press-releases",
    licence=state_platform.LICENCE,
    cadence="several a day; an announcement appears on the day it is made",
    document=state_platform.DOCUMENT,
    caveats=("Repeats the releases of the Department of Commerce, often word for word: one project, two texts.",),
)

_BASE = "https://governor.nc.gov"
LISTING = state_platform.listing(SOURCE.name, _BASE, ("governor.nc.gov",))
ARTICLE = state_platform.article(SOURCE.name, _BASE)
PAGES = tuple(f"{_BASE}/press-release-terms/jobseconomy?page={number}" for number in range(4))
"""Listing pages count from 0, the newest; the page of a given month moves as releases are added."""


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of a listing page; nothing found is an error."""
    return read_listing(reply, name, LISTING)


def parse_article(reply: Reply, name: str) -> pd.DataFrame:
    """One article as plain text."""
    return read_article(reply, name, ARTICLE)


FEEDS = (texts_feed(parse_listing, parse_article, PAGES, LISTING.hosts, LISTING.paths),)
