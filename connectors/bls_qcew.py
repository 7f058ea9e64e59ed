"""Quarterly Census of Employment and Wages: jobs and wages by county, ownership and industry, from BLS's CSV files.

Input defined by BLS, "QCEW Field Layouts": the API ("NAICS-Based Data Files" by area, industry or size) and the
"CSVs by area" archives, quarterly and annual. The archives add ``*_title`` columns and call the count of
establishments ``qtrly_estabs_count`` where the API says ``qtrly_estabs``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from connectors.cadence import QUARTERLY, YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.reading import Layout, Reply, codes, csv_frame, noted, numbers, possible
from connectors.source import Ask, Feed, Limits, Source, Wanted
from connectors.tables import QCEW, checked

SOURCE = Source(
    name="bls_qcew",
    title="Quarterly Census of Employment and Wages",
    publisher="U.S. Bureau of Labor Statistics",
    address="https://www.bls.gov/cew/downloadable-data-files.htm",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Quarterly, about five months after the quarter; annual averages with the fourth quarter.",
    document="QCEW Field Layouts, https://www.bls.gov/cew/about-data/downloadable-file-layouts/home.htm",
    caveats=(
        "Disclosure code N: suppressed, printed as 0, unknown. Disclosure code - : no establishment, a true zero.",
        "Figures are preliminary until the following year's first quarter and revised with each release.",
        "The classification changed with the first quarters of 2012, 2017 and 2022.",
    ),
)

_KEYS = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr", "disclosure_code")
_QUARTERLY = (
    "qtrly_estabs",
    "month1_emplvl",
    "month2_emplvl",
    "month3_emplvl",
    "total_qtrly_wages",
    "taxable_qtrly_wages",
    "qtrly_contributions",
    "avg_wkly_wage",
)
_ANNUAL = (
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
)


def _header(figures: tuple[str, ...], estabs: str, *, counted: bool, titled: bool) -> Header:
    """The whole header: with or without ``_count`` in the name of establishments, with or without titles."""
    figures = tuple(f"{name}_count" if counted and name == estabs else name for name in figures)
    names = ("area_title", "own_title", "industry_title", "agglvl_title", "size_title") if titled else ()
    changes = [f"oty_{name}{change}" for name in figures for change in ("_chg", "_pct_chg")]
    quotients = [f"lq_{name}" for name in figures]
    columns = (*_KEYS, *names, *figures, "lq_disclosure_code", *quotients, "oty_disclosure_code", *changes)
    return Header(columns, quoted=True)


_QUARTERLY_HEADERS = tuple(
    _header(_QUARTERLY, "qtrly_estabs", counted=counted, titled=counted) for counted in (False, True)
)
_ANNUAL_HEADERS = tuple(
    _header((*_ANNUAL, "avg_annual_pay"), "annual_avg_estabs", counted=counted, titled=counted)
    for counted in (False, True)
)


def _layout(figures: tuple[str, ...], estabs: str, headers: tuple[Header, ...]) -> Layout:
    return Layout(
        document=SOURCE.document,
        columns=(*_KEYS, *figures, "oty_disclosure_code", *(f"oty_{figure}_chg" for figure in figures)),
        spellings={f"{estabs}_count": estabs, f"oty_{estabs}_count_chg": f"oty_{estabs}_chg"},
        whole=tuple(header.columns for header in headers),
    )


QUARTERLY_LAYOUT = _layout(_QUARTERLY, "qtrly_estabs", _QUARTERLY_HEADERS)
ANNUAL_LAYOUT = _layout(_ANNUAL, "annual_avg_estabs", _ANNUAL_HEADERS)


_MEANING = {
    "qtrly_estabs": "establishments",
    "month1_emplvl": "employment_month1",
    "month2_emplvl": "employment_month2",
    "month3_emplvl": "employment_month3",
    "total_qtrly_wages": "total_wages_usd",
    "avg_wkly_wage": "avg_weekly_wage_usd",
    "annual_avg_estabs": "establishments",
    "annual_avg_emplvl": "employment",
    "total_annual_wages": "total_wages_usd",
    "annual_avg_wkly_wage": "avg_weekly_wage_usd",
}
_SUPPRESSED, _NOTHING_THERE = "N", "-"


def parse(reply: Reply, name: str) -> pd.DataFrame:
    """Read one QCEW file, quarterly or annual, by-area or API layout.

    Rows of an establishment size class (``size_code`` other than 0) are left out: they repeat the totals.

    Args:
        reply: the file, gzip or not.
        name: what to call it in messages.

    Returns:
        The table ``qcew``. Where the agency suppressed a cell (code N) the figures are null and ``disclosed`` is
        false; a count of establishments printed all the same is kept.

    Raises:
        SourceError: the file cannot be read by either layout.
        TableError: a value is of the wrong kind, or two rows of one cell differ.
    """
    frame = _frame(reply, name)
    figures = dict(_figures(frame, name))
    hidden = frame["disclosure_code"].str.strip() == _SUPPRESSED
    for figure, value in list(figures.items()):
        figures[figure] = value.mask(hidden & (value == 0) if figure == "establishments" else hidden)
    return _table(frame, figures, name, disclosed=~hidden, derived=False)


def derive_year_before(reply: Reply, name: str) -> pd.DataFrame:
    """Compute the same period of the year before, as this year's figure minus its published change over the year.

    Only cells whose disclosure code and over-the-year disclosure code are both blank are computed: under any other
    code the agency prints a change of 0 that is no change (BLS, QCEW Field Layouts, ``oty_disclosure_code``).

    Args:
        reply: the file of this year, gzip or not.
        name: what to call it in messages.

    Returns:
        The table ``qcew`` with ``derived`` true: rows of the year before, for the computable cells only.

    Raises:
        SourceError: the file cannot be read by either layout.
        TableError: as :func:`parse`.
    """
    frame = _frame(reply, name)
    open_both = (frame["disclosure_code"].str.strip() == "") & (frame["oty_disclosure_code"].str.strip() == "")
    frame = frame.loc[open_both]
    changes = dict(_figures(frame, name, change=True))
    figures = {figure: value - changes[figure] for figure, value in _figures(frame, name)}
    shown = pd.Series(True, index=frame.index)
    return _table(frame, figures, name, disclosed=shown, derived=True)


def _frame(reply: Reply, name: str) -> pd.DataFrame:
    frame = csv_frame(reply, name, (QUARTERLY_LAYOUT, ANNUAL_LAYOUT))
    return frame.loc[frame["size_code"].str.strip().isin(["0", ""])]


def _figures(frame: pd.DataFrame, name: str, *, change: bool = False) -> Iterator[tuple[str, pd.Series[float]]]:
    for column, meaning in _MEANING.items():
        if column in frame:
            yield meaning, numbers(frame, f"oty_{column}_chg" if change else column, name)


def _table(
    frame: pd.DataFrame, figures: dict[str, pd.Series[float]], name: str, *, disclosed: pd.Series[bool], derived: bool
) -> pd.DataFrame:
    year = numbers(frame, "year", name) - int(derived)
    quarter = numbers(frame, "qtr", name, unknown=["A"])
    months = [f"employment_month{month}" for month in (1, 2, 3)]
    nothing = pd.Series(np.nan, index=frame.index)
    employment = figures.get("employment", figures.get(months[-1], nothing))
    table = pd.DataFrame(
        {
            "area_fips": codes(frame["area_fips"]),
            "own_code": codes(frame["own_code"]),
            "naics_code": codes(frame["industry_code"]),
            "agglvl_code": codes(frame["agglvl_code"]),
            "year": year,
            "quarter": quarter,
            "disclosed": disclosed,
            "derived": derived,
            **{month: figures.get(month, nothing) for month in months},
            **figures,
            "employment": employment,
        }
    )
    rules = {f"{figure} below zero": value < 0 for figure, value in figures.items()}
    rules["year outside 1975 to 2100"] = ~year.between(1975, 2100)
    rules["quarter other than 1 to 4 or A"] = quarter.notna() & ~quarter.isin([1, 2, 3, 4])
    code = frame["disclosure_code"].str.strip()
    rules["unknown disclosure code"] = ~code.isin(["", _SUPPRESSED, _NOTHING_THERE])
    table, aside = possible(table, rules, name)
    return noted(checked(table, QCEW, name), aside)


_API = "https://data.bls.gov/cew/data/api"
_FIRST_YEAR, _YEARS_KEPT = 2014, 5
"""The API serves about the last five years; older ones come as archives by area, given with ``pull --from``."""
_NATION = "US000"
_BY_QUARTER, _BY_YEAR = Cadence(QUARTERLY, lag_days=160), Cadence(YEARLY, lag_days=160)
_LIMITS = Limits(
    totals={"employment": (0.97, 1.03), "establishments": (0.95, 1.05)},
    next_totals={"employment": (0.85, 1.15), "establishments": (0.85, 1.15)},
)


def areas(ask: Ask) -> tuple[str, ...]:
    """Counties and metropolitan areas of the labor shed (20500 is written C2050), the state, the nation."""
    metropolitan = (f"C{code[:4]}" for code in ask.place.area_codes)
    return (*ask.place.county_fips, *metropolitan, f"{ask.place.state_fips}000", _NATION)


def wanted_quarters(ask: Ask) -> tuple[Wanted, ...]:
    """Every quarter the API should have, of every area, oldest first, and the one that comes next."""
    first = f"{max(_FIRST_YEAR, ask.as_of.year - _YEARS_KEPT)}Q1"
    out = _BY_QUARTER.published(ask.as_of, first)
    coming = _BY_QUARTER.following(out[-1]) if out else first
    return tuple(_wanted(ask, area, period, coming) for period in (*out, coming) for area in areas(ask))


def wanted_years(ask: Ask) -> tuple[Wanted, ...]:
    """The same of the annual averages."""
    first = str(max(_FIRST_YEAR, ask.as_of.year - _YEARS_KEPT))
    out = _BY_YEAR.published(ask.as_of, first)
    coming = _BY_YEAR.following(out[-1]) if out else first
    return tuple(_wanted(ask, area, period, coming) for period in (*out, coming) for area in areas(ask))


def wanted_year_before(ask: Ask) -> tuple[Wanted, ...]:
    """The quarters of the oldest year, from which the year before can be derived."""
    quarters = wanted_quarters(ask)
    return tuple(item for item in quarters if item.period[:4] == quarters[0].period[:4])


def _wanted(ask: Ask, area: str, period: str, coming: str) -> Wanted:
    year, _, quarter = period.partition("Q")
    address = f"{_API}/{year}/{quarter or 'a'}/area/{area}.csv"
    name = f"{year}.{f'q{quarter}' if quarter else 'annual'} {area}.csv"
    settled = int(year) <= ask.as_of.year - 3
    return Wanted(address, name, period=period, coming=period == coming, settled=settled)


_BY_AREA = ByColumns(("area_fips",), ("year", "quarter"))
FEEDS = (
    Feed(QCEW, parse, wanted_quarters, _QUARTERLY_HEADERS, _BY_QUARTER, parts=_BY_AREA, limits=_LIMITS),
    Feed(QCEW, parse, wanted_years, _ANNUAL_HEADERS, _BY_YEAR, name="qcew_annual", parts=_BY_AREA, limits=_LIMITS),
    Feed(
        QCEW,
        derive_year_before,
        wanted_year_before,
        _QUARTERLY_HEADERS,
        _BY_QUARTER,
        name="qcew_year_before",
        parts=_BY_AREA,
        limits=Limits(rows=(0.8, 1.25), next_rows=(0.7, 1.4)),
    ),
)
