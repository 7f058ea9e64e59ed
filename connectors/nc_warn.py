"""Notices of layoffs and closures in North Carolina (WARN Act), from the Department of Commerce's lists.

The current year is a CSV file linked from the year's page; older years are PDF files linked from the page of archives,
in three layouts: from 2022 a ruled table with the columns of the CSV, 2018 to 2021 a ruled table with others, before
that columns of text without rules. See
https://www.commerce.nc.gov/data-tools-reports/labor-market-data-tools/workforce-warn-reports
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

import pandas as pd

from connectors.announcements.extract_places import counties
from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.nc_warn_pdf import mentions_warn, notices_of
from connectors.parts import ByColumns, Part
from connectors.reading import Layout, Reply, SourceError, csv_frame, load, noted, numbers, possible, titles
from connectors.source import HTML, PDF, Ask, Feed, Limits, Source, Wanted
from connectors.tables import LAYOFFS, checked

_PAGES = "https://www.commerce.nc.gov/data-tools-reports/labor-market-data-tools/workforce-warn-reports"
SOURCE = Source(
    name="nc_warn",
    title="Workforce WARN reports",
    publisher="North Carolina Department of Commerce",
    address=_PAGES,
    licence="Public records of the State of North Carolina; cite the department and the date of retrieval.",
    cadence="Continuously, as notices arrive; the year's list is closed in January.",
    document="Workforce WARN Summary List, column headings (https://www.commerce.nc.gov/)",
    caveats=(
        "Employers of 100 and more only, and only layoffs above the Act's thresholds: not all job losses.",
        "A layoff and the later closure of the same place are two notices: rows marked repeated are left out of sums.",
        "Notices of several places stand once a place; those of employers elsewhere have no county.",
    ),
    hosts=("files.nc.gov",),
)

COLUMNS = (
    *(
        "County",
        "Warn Number",
        "Date of Notice",
        "Date Received by NC",
        "Effective Date",
        "WARN Notice: WARN Notice Name",
    ),
    *("WARN notice type", "Type of layoff or closure"),
    *("Number affected at this location", "Address 1", "City"),
)
NOTICES = Layout(SOURCE.document, COLUMNS)
_MONTHS_REPEATED = 24
_NOT_STATED = ("", "n/a", "na", "tbd", "unknown")


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Notices of one list.

    Args:
        reply: the CSV or PDF file.
        name: what to call it in messages.

    Returns:
        Table ``layoffs``. Rows with an impossible date, number or kind are set aside and named in
        ``attrs["quarantined"]``; "line" is that of the CSV, or counts the rows of the PDF.

    Raises:
        SourceError: a column is missing, a number of workers is no number, the PDF holds no table of notices, or one of
            its pages holds no text (a scan): the message names the page.
        TableError: a value breaks the declaration of the table.
    """
    raw = load(reply, name)
    frame = notices_of(raw, name, COLUMNS) if raw.startswith(b"%PDF") else csv_frame(raw, name, NOTICES)
    notice, received = _dates(frame["Date of Notice"]), _dates(frame["Date Received by NC"])
    kind = frame["WARN notice type"].str.casefold() + " " + frame["Type of layoff or closure"].str.casefold()
    counted = frame["Number affected at this location"].str.strip()
    stated = frame.assign(counted=counted.mask(counted.str.casefold().isin(_NOT_STATED), ""))
    table = pd.DataFrame(
        {
            "company": titles(frame["WARN Notice: WARN Notice Name"]),
            "city": _known(frame["City"]),
            "county_fips": _county(frame["County"]),
            "workers": numbers(stated, "counted", name),
            "kind": kind.map(lambda text: "Closure" if "clos" in text else "Layoff" if "layoff" in text else None),
            "notice_date": notice.fillna(received),
            "source_address": _PAGES,
            "address": _known(frame["Address 1"]),
            "notice_number": _known(frame["Warn Number"]),
            "effective_date": _dates(frame["Effective Date"]),
        }
    )
    table["repeated"] = repeated(table)
    rules = {
        "no company": table["company"] == "",
        "neither layoff nor closure": table["kind"].isna(),
        "no date of the notice": table["notice_date"].isna(),
        "workers below zero": table["workers"] < 0,
    }
    table, aside = possible(table, rules, name)
    return noted(checked(table, LAYOFFS, name), aside)


def repeated(table: pd.DataFrame) -> pd.Series[bool]:
    """Which layoffs a later closure may count again: same company and place, within 24 months.

    Companies are compared by the words of their names without punctuation and legal form (Inc., LLC ...), places by
    city and, where there is none, by county. A second notice that is no closure is a further layoff, not a repetition.

    Args:
        table: columns company, city, county_fips, kind and notice_date (year-month-day).
    """
    who = table["company"].str.casefold().str.replace(_LEGAL_FORM, " ", regex=True)
    who = who.str.replace(r"[^a-z0-9]+", " ", regex=True).str.strip()
    where = table["city"].fillna(table["county_fips"]).fillna("").str.casefold()
    when = pd.to_datetime(table["notice_date"], errors="coerce")
    out = pd.Series(False, index=table.index)
    for _, rows in table.groupby([who, where], sort=False):
        closures = when.loc[rows.index[rows["kind"] == "Closure"]]
        for at in rows.index[rows["kind"] == "Layoff"]:
            until = when[at] + pd.DateOffset(months=_MONTHS_REPEATED)
            out[at] = bool(((closures >= when[at]) & (closures <= until)).any())
    return out


_LEGAL_FORM = r"\b(?:inc|incorporated|llc|l\.l\.c|lp|llp|ltd|corp|corporation|co|company|plc)\b\.?"


def _dates(text: pd.Series[str]) -> pd.Series[str]:
    """Dates written 7/4/2024 or 2024-07-04 as year-month-day; null for anything else."""
    bare = text.str.strip().str.partition(" ")[0]
    parsed = pd.to_datetime(bare, format="%m/%d/%Y", errors="coerce")
    parsed = parsed.fillna(pd.to_datetime(bare, format="%Y-%m-%d", errors="coerce"))
    plausible = parsed.where(parsed.dt.year.between(1989, 2100))
    return plausible.dt.strftime("%Y-%m-%d")


def _county(name: pd.Series[str]) -> pd.Series[str]:
    """Codes of counties written as Wake, Wake County or WAKE COUNTY; null for anything else (N/A, several counties)."""
    codes = {county.casefold(): code for county, code in counties().items()}
    return titles(name).str.casefold().str.removesuffix(" county").map(codes)


def _known(text: pd.Series[str]) -> pd.Series[str]:
    bare = titles(text)
    return bare.mask(bare.str.casefold().isin(_NOT_STATED))


def years(table: pd.DataFrame) -> list[tuple[Part, pd.DataFrame]]:
    """Parts by the year of the notice."""
    parts = ByColumns((), ("year",))(table.assign(year=table["notice_date"].str[:4]))
    return [(part, rows.drop(columns="year")) for part, rows in parts]


_CSV_LINK = re.compile(rb'href="(https://files\.nc\.gov/[^"]+?\.csv[^"]*)"', re.IGNORECASE)
_PDF_LINK = re.compile(rb'href="([^"]*warn[^"]*?(20[12]\d)[^"]*/open)"', re.IGNORECASE)
_ARCHIVES = "https://www.commerce.nc.gov/documents/warn-summary-report-archives"


def wanted_current(ask: Ask) -> tuple[Wanted, ...]:
    """The page of the current year, to be followed to its CSV file."""
    year = ask.as_of.year
    address = f"{_PAGES}/report-workforce-warn-summary-list-{year}"
    return (Wanted(address, f"warn_{year}.html", HTML, str(year), listing=True, coming=ask.as_of.month == 1),)


def current(listing: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The CSV file that a year's page links to."""
    found = _CSV_LINK.search(raw)
    if not found:
        remedy = "Open the address in a browser and see how the page has changed"
        raise SourceError(listing.address, "expected a link to a CSV file on files.nc.gov, found none", remedy)
    address = found[1].decode().replace("&amp;", "&")
    return (Wanted(address, f"warn_{listing.period}.csv", period=listing.period),)


def wanted_archive(_ask: Ask) -> tuple[Wanted, ...]:
    """The page of archives, to be followed to the PDF file of each year."""
    return (Wanted(_ARCHIVES, "warn_archives.html", HTML, listing=True),)


def archive(listing: Wanted, raw: bytes) -> tuple[Wanted, ...]:
    """The PDF file of each year that the page of archives links to."""
    links: Mapping[str, str] = {year.decode(): link.decode() for link, year in _PDF_LINK.findall(raw)}
    if not links:
        remedy = "Open the address in a browser and see how the page has changed"
        raise SourceError(listing.address, "expected links to reports of earlier years, found none", remedy)
    return tuple(
        Wanted(urljoin(listing.address, link), f"warn_{year}.pdf", PDF, year, settled=True)
        for year, link in sorted(links.items())
    )


def _is_pdf(raw: bytes) -> bool:
    """Whether a file is a PDF whose first page speaks of WARN notices."""
    return raw.startswith(b"%PDF") and mentions_warn(raw)


_GROWING = Limits(rows=(0.98, 3), changed=0.3, next_rows=(0.1, 10))
FEEDS = (
    Feed(
        LAYOFFS,
        parse,
        wanted_current,
        (Header(COLUMNS),),
        Cadence(IRREGULAR),
        parts=years,
        limits=_GROWING,
        follow=current,
    ),
    Feed(
        LAYOFFS,
        parse,
        wanted_archive,
        (),
        Cadence(IRREGULAR),
        recognise=_is_pdf,
        name="layoffs_archive",
        parts=years,
        limits=_GROWING,
        follow=archive,
    ),
)
