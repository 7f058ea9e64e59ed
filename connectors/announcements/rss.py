"""News feeds (RSS 2.0, Atom), read by a parser that refuses entities; any site's own feed becomes a listing."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from lxml import html

from connectors.announcements import markup
from connectors.announcements.dates import find_date
from connectors.replies import Reply, SourceError, load
from connectors.tables.announcing import ANNOUNCEMENT_LINKS
from connectors.tables.declaring import checked

_ATOM = "{http://www.w3.org/2005/Atom}"


def read_feed(reply: Reply, name: str, site: str, base: str) -> pd.DataFrame:
    """Items of a feed as rows of ``ANNOUNCEMENT_LINKS``.

    Raises:
        SourceError: not XML, entities in it (refused), or no item.
    """
    raw = load(reply, name)
    if len(raw) > markup.MAX_PAGE_BYTES:
        raise SourceError(name, f"expected at most {markup.MAX_PAGE_BYTES:,} bytes", "Look at what was downloaded")
    try:
        root = fromstring(raw)
    except DefusedXmlException as error:
        raise SourceError(name, f"expected a feed without entities; refused ({error})", "Do not trust it") from error
    except ParseError as error:
        raise SourceError(name, f"expected XML ({error})", "The feed may have gone: use the listing page") from error
    items = [*root.iter("item"), *root.iter(f"{_ATOM}entry")]
    found = [row for item in items if (row := _row(item, site, base)) is not None]
    if not found:
        raise SourceError(name, "expected items of a feed, found none", "The feed changed: use the listing page")
    return checked(pd.DataFrame(found).drop_duplicates("address"), ANNOUNCEMENT_LINKS, name)


def _row(item: Element, site: str, base: str) -> dict[str, str | None] | None:
    link = item.findtext("link") or next((node.get("href") for node in item.iter(f"{_ATOM}link")), None)
    title = item.findtext("title") or item.findtext(f"{_ATOM}title")
    target = markup.address(link, base)
    if target is None or not markup.plain(title):
        return None
    told = item.findtext("description") or item.findtext(f"{_ATOM}summary") or ""
    teaser = markup.words(html.fragment_fromstring(told, create_parent="div")) if told.strip() else None
    return {
        "site": site,
        "address": target,
        "title": markup.plain(title),
        "published_date": _day(item),
        "teaser": teaser or None,
    }


def _day(item: Element) -> str | None:
    mail = item.findtext("pubDate")
    if mail:
        try:
            return parsedate_to_datetime(mail).date().isoformat()
        except ValueError:
            return find_date(mail)
    return find_date(item.findtext(f"{_ATOM}published") or item.findtext(f"{_ATOM}updated"))
