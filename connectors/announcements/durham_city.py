"""Agendas and minutes of the City of Durham (CivicPlus AgendaCenter): a listing of PDF files, and their items."""

from __future__ import annotations

import re

import pandas as pd

from connectors.announcements import markup, pdfs
from connectors.announcements.dates import find_date
from connectors.announcements.fetching import EDITED, MAX_BYTES, address_of, file_name
from connectors.announcements.layout import Listing, having, read_listing
from connectors.cadence import IRREGULAR, Cadence
from connectors.parts import ByColumns
from connectors.replies import Reply
from connectors.source import HTML, PDF, Ask, Feed, Source, Wanted
from connectors.tables.announcing import ANNOUNCEMENT_TEXTS
from connectors.tables.declaring import checked

SOURCE = Source(
    name="durham_city",
    title="Agenda Center: agendas and minutes of the City Council",
    publisher="City of Durham",
    address="https://www.durhamnc.gov/AgendaCenter",
    licence="A public record of the City of Durham; facts may be cited with their address.",
    cadence="before and after each meeting, some four a month",
    document="No layout is published; files are at AgendaCenter/ViewFile/Minutes/_MMDDYYYY-number",
    caveats=(
        "The list of a year comes by POST to /AgendaCenter/UpdateCategoryList on the host with www.",
        "Minutes that were scanned hold no text: they are refused with the page's number.",
    ),
)
LISTING = Listing(
    site=SOURCE.name,
    base="https://www.durhamnc.gov",
    rows=(f"//tr[{having('catAgendaRow')}]", "//tr[.//a[contains(@href, 'ViewFile')]]"),
    link=(".//a[contains(@href, '/ViewFile/Minutes/')]", ".//a[contains(@href, '/ViewFile/Agenda/')]"),
    date=(".//h3", ".//strong", "."),
    teaser=(".//p",),
    hosts=("www.durhamnc.gov", "durhamnc.gov"),
    paths=("/AgendaCenter/ViewFile/",),
)
_ITEM = re.compile(r"^\s*(?:\d{1,3}\.|[A-Z]\.|Item\s+\d+|SUBJECT:)\s*", re.IGNORECASE)
_WANTED = re.compile(
    r"economic development (?:incentive|agreement|grant)|performance[- ]based|incentive (?:agreement|contract)|"
    r"job creation|\b(?-i:Project [A-Z][a-z]+)",
    re.IGNORECASE,
)


def parse_listing(reply: Reply, name: str) -> pd.DataFrame:
    """Links of the list of a year; nothing found is an error. The date is also in the file's address."""
    found = read_listing(reply, name, LISTING)
    coded = found["address"].str.extract(r"/_(\d\d)(\d\d)(\d{4})-")
    dated = (coded[2] + "-" + coded[0] + "-" + coded[1]).where(coded[2].notna())
    return found.assign(published_date=dated.fillna(found["published_date"]))


def parse_minutes(reply: Reply, name: str) -> pd.DataFrame:
    """Items of a PDF of minutes or of an agenda that bear on a company's project; none is no error.

    Raises:
        SourceError: not a PDF, or no page with text. Single scanned pages are set aside by their number.
    """
    text, aside = pdfs.readable(reply, name)
    dated = find_date(text[:2000])
    items = [item for item in _items(text) if _WANTED.search(item)]
    rows = [
        {
            "site": SOURCE.name,
            "address": address_of(name),
            "title": markup.plain(item)[:160],
            "published_date": dated,
            "text": markup.plain_paragraphs(item),
            "links": None,
        }
        for item in items
    ]
    found = checked(pd.DataFrame(rows, columns=list(ANNOUNCEMENT_TEXTS.columns)), ANNOUNCEMENT_TEXTS, name)
    found.attrs["quarantined"] = aside
    return found


def _items(text: str) -> list[str]:
    """The text cut wherever a line starts a numbered item."""
    out: list[list[str]] = [[]]
    for line in text.splitlines():
        if _ITEM.match(line):
            out.append([])
        out[-1].append(line)
    return ["\n".join(lines) for lines in out]


def _wanted(ask: Ask) -> tuple[Wanted, ...]:
    """The list of minutes of this year and of the year before; the form is sent by POST, as the page does."""
    address = "https://www.durhamnc.gov/AgendaCenter/UpdateCategoryList"
    return tuple(
        Wanted(
            address,
            f"agenda_center_{year}.html",
            HTML,
            period=str(year),
            listing=True,
            body=f"year={year}&catID=4".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            max_bytes=MAX_BYTES,
        )
        for year in (ask.as_of.year, ask.as_of.year - 1)
    )


def _follow(asked: Wanted, reply: bytes) -> tuple[Wanted, ...]:
    if not asked.listing:
        return ()
    found = parse_listing(reply, asked.name)
    return tuple(
        Wanted(address, file_name(address, "pdf"), PDF, settled=True, max_bytes=pdfs.MAX_BYTES)
        for address in found["address"]
    )


FEEDS = (
    Feed(
        table=ANNOUNCEMENT_TEXTS,
        parse=parse_minutes,
        wanted=_wanted,
        headers=(),
        cadence=Cadence(IRREGULAR),
        recognise=lambda raw: raw.startswith(b"%PDF-") and b"durhamnc.gov" in raw,
        parts=ByColumns(("site", "address")),
        limits=EDITED,
        follow=_follow,
    ),
)
