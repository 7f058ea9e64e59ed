"""Quarterly Census of Employment and Wages: jobs and wages by county, ownership and industry, from BLS's CSV files.

Input defined by BLS, "QCEW Field Layouts": the API ("NAICS-Based Data Files" by area, industry or size) and the
"CSVs by area" archives, quarterly and annual. The archives add ``*_title`` columns and call the count of
establishments ``qtrly_estabs_count`` where the API says ``qtrly_estabs``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from connectors.reading import Layout, Reply, codes, csv_frame, noted, numbers, possible
from connectors.source import Source
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


def _layout(figures: tuple[str, ...], estabs: str) -> Layout:
    return Layout(
        document=SOURCE.document,
        columns=(*_KEYS, *figures, "oty_disclosure_code", *(f"oty_{figure}_chg" for figure in figures)),
        spellings={f"{estabs}_count": estabs, f"oty_{estabs}_count_chg": f"oty_{estabs}_chg"},
    )


QUARTERLY_LAYOUT = _layout(_QUARTERLY, "qtrly_estabs")
ANNUAL_LAYOUT = _layout(_ANNUAL, "annual_avg_estabs")

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
