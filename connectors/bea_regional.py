"""Jobs of all kinds and compensation by county and industry, from BEA's regional accounts.

Input defined by BEA, "Regional Economic Accounts: Download", the archives CAEMP25N.zip and CAINC6N.zip: a file a state,
``CAEMP25N_NC_2001_2022.csv``, a column for each year, an area and a line a row, and notes below the last row.
"""

from __future__ import annotations

import csv
import re
from functools import partial

import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.parts import ByColumns
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    csv_frame,
    decode,
    load,
    noted,
    numbers,
    possible,
    titles,
)
from connectors.source import ZIP, Ask, Feed, Limits, Source, Wanted
from connectors.states import POSTAL_CODES
from connectors.tables import BEA_COMPENSATION, BEA_EMPLOYMENT, checked
from connectors.tables.declaring import Table

SOURCE = Source(
    name="bea_regional",
    title="Regional Economic Accounts: CAEMP25N employment, CAINC6N compensation",
    publisher="U.S. Bureau of Economic Analysis",
    address="https://apps.bea.gov/regional/downloadzip.htm",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Yearly in November for the year before; the table of jobs ended with 2022.",
    document="Regional Economic Accounts: Download, https://apps.bea.gov/regional/downloadzip.htm",
    caveats=(
        "Lines nest: never add all of them.",
        "(D) is withheld and (NA) not available: unknown, never zero.",
        "Counts jobs, the self-employed and farms included: a person with two jobs counts twice.",
    ),
)

_KEYS = ("GeoFIPS", "GeoName", "Region", "TableName", "LineCode", "IndustryClassification", "Description", "Unit")
_WITHHELD = ("(D)", "(S)", "(T)")
_UNKNOWN = (*_WITHHELD, "(NA)", "(L)", "(NM)")


def parse_employment(reply: Reply, name: str) -> pd.DataFrame:
    """Full-time and part-time jobs (CAEMP25N).

    Args:
        reply: the file of a state, or of all areas.
        name: what to call it in messages.

    Returns:
        Table ``bea_employment``: one row a year, withheld and missing figures null. Rows with impossible values are set
        aside and named in ``attrs["quarantined"]``.

    Raises:
        SourceError: a column is missing, renamed or out of order, no column is a year, another table of BEA, or a cell
            is neither a number nor one of the agency's marks.
        TableError: a value breaks the declaration of the table, or two rows of one cell differ.
    """
    return _long(reply, name, BEA_EMPLOYMENT, "CAEMP25N", "jobs", 1)


def parse_compensation(reply: Reply, name: str) -> pd.DataFrame:
    """Compensation of employees (CAINC6N), in dollars.

    Args:
        reply: the file of a state, or of all areas.
        name: what to call it in messages.

    Returns:
        Table ``bea_compensation``, otherwise as :func:`parse_employment`; lines in thousands of dollars are multiplied.

    Raises:
        SourceError: as :func:`parse_employment`.
        TableError: as :func:`parse_employment`.
    """
    return _long(reply, name, BEA_COMPENSATION, "CAINC6N", "compensation_usd", 1000)


def _long(reply: Reply, name: str, table: Table, code: str, figure: str, thousands: int) -> pd.DataFrame:
    text = decode(load(reply, name), name)
    head = next(csv.reader([text.lstrip("\ufeff").partition("\n")[0]]))
    cells = [cell.strip() for cell in head]
    years = [cell for cell in cells if re.fullmatch(r"(19|20)\d\d", cell)]
    if strange := [cell for cell in cells if cell not in {*_KEYS, *years}] if set(_KEYS) <= set(cells) else []:
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, f"expected a year, found {strange[0]!r}", remedy, line=1, column=strange[0])
    if years != sorted(years):
        late = next(year for year, due in zip(years, sorted(years), strict=True) if year != due)
        raise SourceError(name, f"expected the years in order, found {late!r} swapped", "Download it again", line=1)
    if not years:
        raise SourceError(
            name, "expected a column for each year, found none", f"Compare with {SOURCE.document}", line=1
        )
    rows = re.split(r'\n"?Note: ', text, maxsplit=1)[0]
    wide = csv_frame(rows.encode(), name, Layout(SOURCE.document, (*_KEYS, *years)))
    bare = {column: wide[column].str.replace('"', "").str.strip() for column in _KEYS}
    other = bare["TableName"] != code
    if other.any():
        found = f"expected the table {code}, found {bare['TableName'][other].iloc[0]!r}"
        raise SourceError(
            name, found, "Give the file of that table", line=int(wide.index[other][0]), column="TableName"
        )
    scale = bare["Unit"].str.casefold().str.startswith("thousands").map({True: thousands, False: 1})
    industry = bare["IndustryClassification"]
    parts, aside = [], []
    for year in years:
        value = numbers(wide, year, name, unknown=_UNKNOWN)
        part = pd.DataFrame(
            {
                "area_fips": codes(bare["GeoFIPS"]),
                "area_title": titles(bare["GeoName"]).str.replace(r"\s*\*+$", "", regex=True),
                "line_code": codes(bare["LineCode"]),
                "naics_code": industry.mask(industry.isin(["", "..."])),
                "description": titles(bare["Description"]).str.replace(r"\s*\d/$", "", regex=True),
                "year": int(year),
                figure: value * scale,
                "withheld": wide[year].str.strip().isin(_WITHHELD),
            }
        )
        rules = {"area that is not five digits": ~part["area_fips"].str.fullmatch(r"\d{5}")}
        if table is BEA_EMPLOYMENT:
            rules["jobs below zero"] = value < 0
        kept, sentences = possible(part, rules, name)
        parts.append(kept)
        aside += sentences
    return noted(checked(pd.concat(parts), table, name), list(dict.fromkeys(aside)))


_AUTUMN = Cadence(YEARLY, lag_days=325)
_ENDED = 2022


def wanted_employment(ask: Ask) -> tuple[Wanted, ...]:
    """The archive of the table that ended with 2022: the state's file in it."""
    return (_archive("CAEMP25N", ask, str(_ENDED), settled=True),)


def wanted_compensation(ask: Ask) -> tuple[Wanted, ...]:
    """The archive as it stands: the state's file in it."""
    newest = _AUTUMN.published(ask.as_of, str(ask.as_of.year - 4))
    return (_archive("CAINC6N", ask, newest[-1], settled=False),)


def _archive(table: str, ask: Ask, period: str, *, settled: bool) -> Wanted:
    state = POSTAL_CODES[ask.place.state_fips]
    address = f"https://apps.bea.gov/regional/zip/{table}.zip"
    return Wanted(address, f"{table}.zip", ZIP, period, members=(f"{table}_{state}_*.csv",), settled=settled)


def _is(table: bytes, raw: bytes) -> bool:
    """Whether a file is one of a table: the header is common to all of them, the first row names its own."""
    head, _, rest = raw.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    return head.startswith(",".join(_KEYS).encode()) and table in rest[:400]


_BY_YEAR = ByColumns((), ("year",))
FEEDS = (
    Feed(
        BEA_EMPLOYMENT,
        parse_employment,
        wanted_employment,
        (),
        _AUTUMN,
        recognise=partial(_is, b"CAEMP25N"),
        parts=_BY_YEAR,
        limits=Limits(totals={"jobs": (0.97, 1.03)}, next_totals={"jobs": (0.85, 1.15)}),
    ),
    Feed(
        BEA_COMPENSATION,
        parse_compensation,
        wanted_compensation,
        (),
        _AUTUMN,
        recognise=partial(_is, b"CAINC6N"),
        parts=_BY_YEAR,
        limits=Limits(totals={"compensation_usd": (0.95, 1.05)}, next_totals={"compensation_usd": (0.85, 1.2)}),
    ),
)
