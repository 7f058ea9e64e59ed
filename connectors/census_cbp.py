"""County Business Patterns: March employment and payroll by county and industry, from the Census Bureau's county file.

Input defined by the Census Bureau, "County Business Patterns: County Record Layout" (``cbp17co.txt`` ...): one line
per county and industry, NAICS padded to six characters with ``-`` (sectors) or ``/`` (3 to 5 digits).
"""

from __future__ import annotations

import re

import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.reading import Layout, Reply, SourceError, codes, csv_frame, noted, numbers, possible
from connectors.source import ZIP, Ask, Feed, Limits, Source, Wanted
from connectors.tables import CBP, checked

SOURCE = Source(
    name="census_cbp",
    title="County Business Patterns, complete county file",
    publisher="U.S. Census Bureau",
    address="https://www.census.gov/programs-surveys/cbp/data/datasets.html",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Yearly, about sixteen months after the year.",
    document="CBP county record layout, https://www.census.gov/programs-surveys/cbp/technical-documentation.html",
    caveats=(
        "March employment of the private sector: no government, railroads, farms or private households.",
        "To 2017 withheld cells print 0 jobs and 0 payroll; from 2018 cells under three establishments are absent.",
        "Figures carry noise (flags G under 2 percent, H 2 to 5 percent, J 5 percent and more).",
    ),
)

_CLASSES = "5_9 10_19 20_49 50_99 100_249 250_499 500_999 1000 1000_1 1000_2 1000_3 1000_4"
_SIZES = tuple(f"n{size}" for size in _CLASSES.split())
_KEYS, _CENSUS = ("fipstate", "fipscty", "naics"), ("censtate", "cencty")
_FIGURES = ("emp_nf", "emp", "qp1_nf", "qp1", "ap_nf", "ap", "est")
_HEADERS = (
    Header((*_KEYS, *_FIGURES, "n<5", *_SIZES)),
    Header((*_KEYS, *_FIGURES, "n<5", *_SIZES, *_CENSUS)),
    Header((*_KEYS, "empflag", *_FIGURES, "n1_4", *_SIZES, *_CENSUS)),
)

LAYOUT = Layout(
    document=SOURCE.document,
    columns=("fipstate", "fipscty", "naics", "emp", "qp1", "ap", "est"),
    optional=("empflag", "emp_nf", "ap_nf"),
    whole=tuple(header.columns for header in _HEADERS),
)

_TOTAL = "00"
_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}
_WITHHELD = ("D", "S")


def parse(reply: Reply, name: str, year: int | None = None) -> pd.DataFrame:
    """Read one complete county file.

    The file does not state its year: it is taken from a name such as ``cbp17co.txt`` unless given.

    Args:
        reply: the file, gzip or not.
        name: the file's name.
        year: the reference year, where the name does not tell.

    Returns:
        The table ``cbp``: the total as ``00``, sectors of several codes as ``31-33``, ``44-45`` and ``48-49``, other
        codes without padding; payroll in dollars. Where employment is withheld it is null, and so is a payroll
        withheld with it, and ``suppressed`` is true. No jobs and no payroll means withheld (the practice of 2017):
        an establishment is counted only when it pays somebody in the year.

    Raises:
        SourceError: the file cannot be read by the layout, or its year is not known.
        TableError: a value is of the wrong kind, or two rows of one cell differ.
    """
    vintage = year or _year(name)
    frame = csv_frame(reply, name, LAYOUT)
    employment = numbers(frame, "emp", name)
    payroll = numbers(frame, "ap", name) * 1000
    flagged = frame["emp_nf"].isin(_WITHHELD) | (frame["empflag"].str.strip() != "")
    withheld = flagged | employment.isna() | ((employment == 0) & (payroll == 0))
    table = pd.DataFrame(
        {
            "county_fips": codes(frame["fipstate"]) + codes(frame["fipscty"]),
            "naics_code": _naics(frame["naics"]),
            "year": vintage,
            "employment": employment.mask(withheld),
            "establishments": numbers(frame, "est", name),
            "annual_payroll_usd": payroll.mask(frame["ap_nf"].isin(_WITHHELD) | (withheld & (payroll == 0))),
            "suppressed": withheld,
        }
    )
    rules = {
        f"{figure} below zero": table[figure] < 0 for figure in ("employment", "establishments", "annual_payroll_usd")
    }
    rules["industry code that is not 2 to 6 digits"] = ~table["naics_code"].str.fullmatch(r"\d{2,6}|\d\d-\d\d")
    table, aside = possible(table, rules, name)
    return noted(checked(table, CBP, name), aside)


def _naics(padded: pd.Series[str]) -> pd.Series[str]:
    bare = codes(padded).str.rstrip("-/")
    return bare.replace({"": _TOTAL, **_RANGES})


def _year(name: str) -> int:
    found = re.search(r"cbp(\d{2})co", name, re.IGNORECASE) or re.search(r"(?<!\d)(?:19|20)(\d{2})(?!\d)", name)
    if not found:
        remedy = "Keep the agency's file name, or pass the year"
        raise SourceError(name, "expected a year in the name, as in cbp17co.txt", remedy)
    short = int(found[1])
    return short + (1900 if short >= 86 else 2000)


_SPRING = Cadence(YEARLY, lag_days=520)
_YEARS = 6


def wanted(ask: Ask) -> tuple[Wanted, ...]:
    """The complete county file of the newest years and of the one that comes next."""
    years = _SPRING.published(ask.as_of, str(ask.as_of.year - _YEARS - 2))[-_YEARS:]
    coming = _SPRING.following(years[-1])
    folder = "https://www2.census.gov/programs-surveys/cbp/datasets"
    return tuple(
        Wanted(
            f"{folder}/{year}/cbp{year[2:]}co.zip",
            f"cbp{year[2:]}co.zip",
            ZIP,
            year,
            members=("cbp*co.txt",),
            coming=year == coming,
            settled=year != coming,
        )
        for year in (*years, coming)
    )


FEEDS = (
    Feed(
        CBP,
        parse,
        wanted,
        _HEADERS,
        _SPRING,
        parts=ByColumns((), ("year",)),
        limits=Limits(
            rows=(0.95, 1.05),
            totals={"employment": (0.97, 1.03)},
            next_rows=(0.5, 2),
            next_totals={"employment": (0.85, 1.15), "establishments": (0.9, 1.1)},
        ),
    ),
)
