"""Occupational Employment and Wage Statistics: jobs and wages by occupation, from BLS's yearly workbooks.

Input defined by BLS, "OEWS estimates" (sheet Field Descriptions of each workbook): national, sector, 3-digit to
6-digit industry, ownership, state and metropolitan area share one set of columns. Years to 2018 spell some of them
otherwise, leave some out and write them in lower case.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import Part
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    load,
    noted,
    numbers,
    possible,
    sheet_names,
    table_frame,
    titles,
)
from connectors.source import ZIP, Ask, Feed, Limits, Source, Wanted
from connectors.tables import OEWS, checked

SOURCE = Source(
    name="bls_oews",
    title="Occupational Employment and Wage Statistics",
    publisher="U.S. Bureau of Labor Statistics",
    address="https://www.bls.gov/oes/tables.htm",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Yearly for May, published about eleven months later.",
    document="OEWS field descriptions, https://www.bls.gov/oes/tables.htm",
    caveats=(
        "Pools six half-yearly panels over three years: not a time series.",
        "** and * are estimates that are not available; # is a wage at or above the agency's top code.",
        "No farms, no self-employed, no private households.",
    ),
)

_WAGE_COLUMNS = tuple(f"{unit}_{figure}" for unit in "HA" for figure in ("PCT10", "PCT25", "MEDIAN", "PCT75", "PCT90"))
_FIGURES = ("EMP_PRSE", "H_MEAN", "A_MEAN", "MEAN_PRSE", *_WAGE_COLUMNS)
_PLACE = ("AREA", "AREA_TITLE", "NAICS", "NAICS_TITLE", "OWN_CODE")
_OCCUPATION = ("OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP")

WORKBOOK_LAYOUT = Layout(
    SOURCE.document,
    (*_PLACE[:-1], "I_GROUP", "OWN_CODE", *_OCCUPATION, "EMP_PRSE", "LOC_QUOTIENT", *_FIGURES[1:]),
    optional=("YEAR",),
)
_OLDER_KEYS = ("area", "st", "state", "occ_code", "occ_titl", "group", "tot_emp", "emp_prse")
_OLDER_WAGES = ("h_mean", "a_mean", "mean_prse", *(name.replace("_PCT", "_WPCT").lower() for name in _WAGE_COLUMNS))
OLDER_LAYOUT = Layout(
    SOURCE.document,
    (*_OCCUPATION, *_FIGURES),
    optional=(*_PLACE, "LOC_QUOTIENT", "YEAR"),
    spellings={
        "occ_titl": "OCC_TITLE",
        "group": "O_GROUP",
        "occ_group": "O_GROUP",
        "state": "AREA_TITLE",
        "area_name": "AREA_TITLE",
        "loc_q": "LOC_QUOTIENT",
        "loc quotient": "LOC_QUOTIENT",
        "naics_titl": "NAICS_TITLE",
        **{name.replace("_PCT", "_WPCT").lower(): name for name in _WAGE_COLUMNS if "PCT" in name},
    },
    whole=((*_OLDER_KEYS, *_OLDER_WAGES), (*_OLDER_KEYS, "jobs_1000", "loc quotient", *_OLDER_WAGES)),
)
SUBSET_LAYOUT = Layout(
    SOURCE.document,
    ("NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", *_OCCUPATION, "A_MEAN"),
    optional=("AREA", "AREA_TITLE", "YEAR", "LOC_QUOTIENT", "EMP_PRSE", *_WAGE_COLUMNS[5:]),
)

_MARKERS = ("*", "**", "***")
_TOP_CODED = "#"
_NATION, _ALL_INDUSTRIES, _ALL_OWNERS = "99", "000000", "1235"
_WAGES = {
    "wage_mean_usd": "A_MEAN",
    "wage_p10_usd": "A_PCT10",
    "wage_p25_usd": "A_PCT25",
    "wage_median_usd": "A_MEDIAN",
    "wage_p75_usd": "A_PCT75",
    "wage_p90_usd": "A_PCT90",
}


def parse(reply: Reply, name: str, year: int | None = None) -> pd.DataFrame:
    """Read one OEWS workbook, or the same columns as CSV.

    Files of one area, or of all industries, leave those columns out: they are read as the nation (99), as all
    industries (000000) and as all owners (1235).

    Args:
        reply: the workbook or CSV (gzip or not).
        name: the file's name.
        year: the reference year; else a column YEAR, the sheet's name or the file's name tells (``M2024``).

    Returns:
        The table ``oews``. Markers ``*``, ``**`` and (to 2001) ``***`` are null; a wage marked ``#`` is null and
        ``wage_top_coded`` true.

    Raises:
        SourceError: the file fits none of the layouts, or its year is not known.
        TableError: a value is of the wrong kind, or two rows of one cell differ.
    """
    raw = load(reply, name)
    frame = table_frame(raw, name, (WORKBOOK_LAYOUT, OLDER_LAYOUT, SUBSET_LAYOUT))
    for column in (*_PLACE, *_FIGURES, "LOC_QUOTIENT", "YEAR"):
        if column not in frame:
            frame[column] = pd.Series("", index=frame.index, dtype="str")
    wages = {wage: numbers(frame, column, name, unknown=(*_MARKERS, _TOP_CODED)) for wage, column in _WAGES.items()}
    top = np.logical_or.reduce([frame[column].str.strip() == _TOP_CODED for column in _WAGES.values()])
    occupation = codes(frame["OCC_CODE"])
    table = pd.DataFrame(
        {
            "area_code": _or(codes(frame["AREA"]), _NATION),
            "area_title": _or(titles(frame["AREA_TITLE"]), None),
            "naics_code": _or(codes(frame["NAICS"]), _ALL_INDUSTRIES),
            "naics_title": _or(titles(frame["NAICS_TITLE"]), None),
            "own_code": _or(codes(frame["OWN_CODE"]), _ALL_OWNERS),
            "soc_code": occupation,
            "soc_title": titles(frame["OCC_TITLE"]),
            "occupation_group": _group(frame["O_GROUP"], occupation),
            "year": _year(frame, raw, name, year),
            "employment": numbers(frame, "TOT_EMP", name, unknown=_MARKERS),
            "employment_rse": (numbers(frame, "EMP_PRSE", name, unknown=_MARKERS) / 100).round(6),
            "location_quotient": numbers(frame, "LOC_QUOTIENT", name, unknown=_MARKERS),
            **wages,
            "wage_top_coded": top,
        }
    )
    table, aside = possible(table, _impossible(table), name)
    return noted(checked(table, OEWS, name), aside)


def _impossible(table: pd.DataFrame) -> dict[str, pd.Series[bool]]:
    figures = ["employment", "employment_rse", "location_quotient", *_WAGES]
    rules = {f"{figure} below zero": table[figure] < 0 for figure in figures}
    rising = ["wage_p10_usd", "wage_p25_usd", "wage_median_usd", "wage_p75_usd", "wage_p90_usd"]
    for low, high in pairwise(rising):
        rules[f"{low} above {high}"] = table[low] > table[high]
    return rules


def _group(printed: pd.Series[str], occupation: pd.Series[str]) -> pd.Series[str]:
    """The agency's group; to 2011 a blank means a detailed occupation, and 2002 calls the total a major group."""
    group = titles(printed).str.lower()
    return group.mask(group == "", "detailed").mask(occupation == "00-0000", "total")


def _or(column: pd.Series[str], instead: str | None) -> pd.Series[str]:
    return column.mask(column == "", instead)


def _year(frame: pd.DataFrame, raw: bytes, name: str, year: int | None) -> pd.Series[float] | int:
    if year is not None:
        return year
    if (frame["YEAR"] != "").all():
        return numbers(frame, "YEAR", name)
    sheets = sheet_names(raw, name)[:1] if raw.startswith(b"PK") else []
    for text in (*sheets, Path(name).name):
        found = re.search(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)", text)
        if found:
            return int(found[1])
    raise SourceError(name, "expected a year in the sheet's or the file's name, as in M2024", "Pass the year")


_NAMES = (
    *("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", *_OCCUPATION),
    *("EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT", *_FIGURES[1:], "ANNUAL", "HOURLY"),
)
_HEADERS = (
    Header(_NAMES, sheet=""),
    Header(tuple(name for name in _NAMES if name not in {"PRIM_STATE", "PCT_RPT"}), sheet=""),
)
_ARCHIVES = {"nat": "national", "st": "states", "ma": "metropolitan areas", "in4": "nation by industry"}
_MAY = Cadence(YEARLY, lag_days=330, ends=(5, 31))
_EDITIONS = 3
_DIGITS = {2: "sectors", 3: "three digits", 4: "four digits", 5: "five digits", 6: "six digits"}


def wanted(ask: Ask) -> tuple[Wanted, ...]:
    """The newest three editions of four archives, and the one that comes next."""
    years = _MAY.published(ask.as_of, str(ask.as_of.year - _EDITIONS - 1))[-_EDITIONS:]
    coming = _MAY.following(years[-1])
    return tuple(_archive(year, code, coming) for year in (*years, coming) for code in _ARCHIVES)


def _archive(year: str, code: str, coming: str) -> Wanted:
    name = f"oesm{year[2:]}{code}.zip"
    address = f"https://www.bls.gov/oes/special-requests/{name}"
    return Wanted(address, name, ZIP, year, members=("*.xlsx",), coming=year == coming, settled=year != coming)


def levels(table: pd.DataFrame) -> list[tuple[Part, pd.DataFrame]]:
    """Parts by geography, digits of the industry and year: each is published whole."""
    code = table["naics_code"].str.rstrip("0").str.partition("-")[0]
    level = code.str.len().clip(lower=2).map(_DIGITS).fillna("other")
    owners = table.groupby(["area_code", "naics_code"])["own_code"].transform("nunique") > 1
    level = "nation, " + level.mask(owners, level + " by owner")
    level = level.mask(table["naics_code"] == _ALL_INDUSTRIES, "nation")
    level = level.mask(table["area_code"].str.len() > 2, "metropolitan areas")
    level = level.mask((table["area_code"].str.len() <= 2) & (table["area_code"] != _NATION), "states")
    groups = table.groupby([level.rename("level"), "year"], sort=True)
    return [((str(key[0]), str(key[1])), rows.reset_index(drop=True)) for key, rows in groups]


FEEDS = (
    Feed(
        OEWS,
        parse,
        wanted,
        _HEADERS,
        _MAY,
        parts=levels,
        limits=Limits(
            rows=(0.95, 1.05),
            changed=0.2,
            totals={"employment": (0.97, 1.03)},
            next_rows=(0.7, 1.4),
            next_totals={"employment": (0.8, 1.2)},
        ),
    ),
)
