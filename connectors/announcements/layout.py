"""How a site lays out its listing and its articles, as data; and the two readings that all sites share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pandas as pd
from lxml import html

from connectors.announcements import markup
from connectors.announcements.dates import date_in_address, find_date
from connectors.announcements.fetching import address_of
from connectors.replies import Reply, SourceError
from connectors.tables.announcing import ANNOUNCEMENT_LINKS, ANNOUNCEMENT_TEXTS
from connectors.tables.declaring import checked


def having(name: str) -> str:
    """XPath condition: the element has this class among its classes."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


@dataclass(frozen=True)
class Listing:
    """A page that lists announcements, newest first. Selectors are XPath; the first that finds anything counts.

    Attributes:
        site: short name of the connector.
        base: address that relative links start from.
        rows: selectors of one item.
        link: selectors of the item's link, inside the item.
        date: selectors of its date: an element or an attribute.
        teaser: selectors of its first sentences.
        hosts: hosts whose articles are taken; others are passed over.
        paths: beginnings of the paths of articles; empty takes all.
    """

    site: str
    base: str
    rows: tuple[str, ...]
    link: tuple[str, ...]
    date: tuple[str, ...] = ()
    teaser: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """A page that holds one announcement.

    Attributes:
        site: short name of the connector.
        base: address that relative links start from.
        body: selectors of the text; the first that holds ``least`` characters counts.
        title: selectors of the title.
        date: selectors of the date of publication: an element or an attribute.
        least: characters of a whole text; where no place holds as many, the longest counts.
    """

    site: str
    base: str
    body: tuple[str, ...]
    title: tuple[str, ...] = ("//meta[@property='og:title']/@content", "//h1")
    date: tuple[str, ...] = (
        "//meta[@property='article:published_time']/@content",
        "//meta[@property='og:published_time']/@content",
        "//time/@datetime",
    )
    least: int = 80


def read_listing(reply: Reply, name: str, layout: Listing) -> pd.DataFrame:
    """Links of a listing page with their dates and first sentences.

    Args:
        reply: the page.
        name: what to call it in messages.
        layout: where things are.

    Returns:
        Rows of ``ANNOUNCEMENT_LINKS``, in the page's order, each address once.

    Raises:
        SourceError: no row, or rows without one usable link: the site changed its layout, or answered with something
            else. Nothing found is never taken for nothing announced.
    """
    root = markup.tree(reply, name)
    rows = first(root, layout.rows)
    if not rows:
        raise SourceError(
            name,
            f"expected items of a listing ({layout.rows[0]}), found none; the page's title is {_title(root)!r}",
            f"The site {layout.site} changed its layout or answered with another page: compare it with the selectors "
            f"in connectors/announcements/{layout.site}.py",
        )
    found: dict[str, dict[str, str | None]] = {}
    for row in rows:
        for node in first(row, layout.link)[:1]:
            target = markup.address(node.get("href"), layout.base)
            title = markup.words(node)
            if target is None or not title or not _wanted(target, layout):
                continue
            teaser = " ".join(markup.words(part) for part in first(row, layout.teaser))
            dated = next((day for value in texts(row, layout.date) if (day := find_date(value))), None)
            found.setdefault(
                target,
                {
                    "site": layout.site,
                    "address": target,
                    "title": title,
                    "published_date": dated or date_in_address(target),
                    "teaser": teaser or None,
                },
            )
    if not found:
        raise SourceError(
            name,
            f"expected links to articles in {len(rows)} items of a listing, found none that leads to "
            f"{' or '.join(layout.hosts) or 'http'}",
            f"The site {layout.site} changed its layout: compare it with connectors/announcements/{layout.site}.py",
        )
    return checked(pd.DataFrame(list(found.values())), ANNOUNCEMENT_LINKS, name)


def read_article(reply: Reply, name: str, layout: Article) -> pd.DataFrame:
    """Title, date, text (paragraphs parted by a blank line) and links of an article.

    Returns:
        One row of ``ANNOUNCEMENT_TEXTS``. Its address is the page's own canonical one, else the one asked for.

    Raises:
        SourceError: no text where the site keeps it.
    """
    root = markup.tree(reply, name)
    body, found = _body(root, layout)
    if body is None:
        raise SourceError(
            name,
            f"expected an article's text ({layout.body[0]}), found none; the page's title is {_title(root)!r}",
            f"The site {layout.site} changed its layout or answered with another page: save it from a browser and use "
            "`gapengine announcements import FILE`, and compare it with the selectors in "
            f"connectors/announcements/{layout.site}.py",
        )
    title = next((value for value in texts(root, layout.title) if value), "") or _title(root)
    own = next(
        (value for value in texts(root, ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"))), ""
    )
    address = markup.address(own or address_of(name), layout.base)
    stated = next((day for value in texts(root, layout.date) if (day := find_date(value))), None)
    dated = stated or (date_in_address(address) if address else None) or find_date(" ".join(found[:3]))
    targets = [link.address for link in markup.links(body, address or layout.base)]
    row = {
        "site": layout.site,
        "address": address,
        "title": title,
        "published_date": dated,
        "text": "\n\n".join(found),
        "links": " ".join(targets) or None,
    }
    return checked(pd.DataFrame([row]), ANNOUNCEMENT_TEXTS, name)


def _body(root: html.HtmlElement, layout: Article) -> tuple[html.HtmlElement | None, list[str]]:
    """The first place that holds a whole text; a short item's longest where none does; nothing where all are empty."""
    shorter: list[tuple[int, html.HtmlElement, list[str]]] = []
    for selector in layout.body:
        for node in first(root, (selector,)):
            found = markup.paragraphs(node)
            size = sum(map(len, found))
            if size >= layout.least:
                return node, found
            shorter.append((size, node, found))
    size, node, found = max(shorter, key=lambda item: item[0], default=(0, None, []))
    return (node, found) if size else (None, [])


def first(node: html.HtmlElement, selectors: Sequence[str]) -> list[html.HtmlElement]:
    """Elements that the first successful selector finds."""
    for selector in selectors:
        found = [item for item in node.xpath(selector) if isinstance(item, html.HtmlElement)]
        if found:
            return found
    return []


def texts(node: html.HtmlElement, selectors: Sequence[str]) -> list[str]:
    """Words of all elements and attributes that the selectors find, in the selectors' order."""
    found = [item for selector in selectors for item in node.xpath(selector)]
    return [markup.plain(item) if isinstance(item, str) else markup.words(item) for item in found]


def _wanted(target: str, layout: Listing) -> bool:
    parts = urlsplit(target)
    at_home = not layout.hosts or (parts.hostname or "") in layout.hosts
    return at_home and (not layout.paths or parts.path.startswith(layout.paths))


def _title(root: html.HtmlElement) -> str:
    return next((markup.words(node) for node in root.iter("title")), "")[:120]
