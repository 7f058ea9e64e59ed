"""What an announcing site is asked for: listing pages, then the articles they link to; and whose a saved page is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote, unquote, urlsplit

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.parts import ByColumns
from connectors.replies import Reply, SourceError
from connectors.source import HTML, Ask, Feed, Limits, Wanted
from connectors.tables.announcing import ANNOUNCEMENT_TEXTS

MAX_BYTES = 8_000_000
RELEVANT = re.compile(
    r"\bjobs?\b|\bhir(?:es?|ing)\b|headquarter|manufactur|facilit|\bplant\b|expan[ds]|invest|campus|employ|relocat|"
    r"selects|incentive|performance[- ]based|\bgrant\b|JDIG|terminat|cancel|layoff|board of (?:county )?commissioners|"
    r"county manager|(?-i:\bProject [A-Z])|\bopen(?:s|ing)\b|coming to|breaks ground",
    re.IGNORECASE,
)
"""Titles and first sentences worth an article's request; what the article announces is decided by its text."""

Parser = Callable[[Reply, str], pd.DataFrame]


def texts_feed(
    listing: Parser, article: Parser, pages: Sequence[str], hosts: Sequence[str], paths: Sequence[str], rss: str = ""
) -> Feed:
    """The one feed of a site: its listing pages are followed to the articles, each a part of ``announcement_texts``.

    Args:
        listing: listing page -> ``ANNOUNCEMENT_LINKS``; raises where it finds nothing.
        article: article page -> ``ANNOUNCEMENT_TEXTS``.
        pages: addresses of the listing pages to look at.
        hosts: hosts of the site, for pages saved by hand.
        paths: beginnings of the paths of its articles.
        rss: address of the site's own news feed, if it may have one. It only adds to the listing: where there is none,
            or something else, it is passed over, since a listing without items is an error already.
    """

    def wanted(_ask: Ask) -> tuple[Wanted, ...]:
        asked = [Wanted(page, file_name(page), HTML, listing=True, max_bytes=MAX_BYTES) for page in pages]
        if rss:
            asked.append(Wanted(rss, file_name(rss, "xml"), HTML, listing=True, coming=True, max_bytes=MAX_BYTES))
        return tuple(asked)

    def follow(asked: Wanted, reply: bytes) -> tuple[Wanted, ...]:
        if not asked.listing:
            return ()
        try:
            return articles(listing(reply, asked.name))
        except SourceError:
            if asked.address == rss:
                return ()
            raise

    return Feed(
        table=ANNOUNCEMENT_TEXTS,
        parse=article,
        wanted=wanted,
        headers=(),
        cadence=Cadence(IRREGULAR),
        recognise=lambda raw: is_page_of(raw, hosts, paths),
        parts=ByColumns(("site", "address")),
        limits=EDITED,
        follow=follow,
    )


EDITED = Limits(rows=(0.0, 100.0), lost_keys=1.0, changed=1.0)
"""A text that was edited is a new vintage of itself; nothing needs a person's consent before it is kept."""


def articles(links: pd.DataFrame) -> tuple[Wanted, ...]:
    """Requests for the relevant articles of a listing; one that is in the store is not asked for again."""
    rows = zip(links["address"], links["title"], links["teaser"], strict=True)
    return tuple(
        Wanted(address, file_name(address), HTML, settled=True, max_bytes=MAX_BYTES)
        for address, title, teaser in rows
        if RELEVANT.search(f"{title} {teaser if isinstance(teaser, str) else ''}")
    )


def file_name(address: str, ending: str = "html") -> str:
    """A file name from which :func:`address_of` reads the address again."""
    return f"{quote(address, safe='')}.{ending}"


def address_of(name: str) -> str | None:
    """The address in a file name made by :func:`file_name`; None for any other name."""
    found = unquote(name.rpartition(".")[0])
    return found if found.startswith(("https://", "http://")) else None


_OWN = re.compile(
    rb"<(?:link|meta)\b[^>]*(?:rel=[\"']canonical|property=[\"']og:url)[^>]*>|saved from url=\([0-9]+\)\S+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rb"https?://[^\s\"'<>]+")


def is_page_of(raw: bytes, hosts: Iterable[str], paths: Iterable[str]) -> bool:
    """Whether a saved page says itself (canonical address, or a browser's note) that it is an article of a site."""
    for tag in _OWN.findall(raw[:200_000]):
        for found in _ADDRESS.findall(tag):
            parts = urlsplit(found.decode("ascii", "ignore"))
            if parts.hostname in set(hosts) and (not paths or parts.path.startswith(tuple(paths))):
                return True
    return False
