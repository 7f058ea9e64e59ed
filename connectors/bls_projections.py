"""Read the occupation workbook of the BLS Employment Projections: projections, separations and attainment.

The input is ``occupation.xlsx`` (tables 1.2, 1.7 and 1.10) and ``education.xlsx`` (table 5.3), as described at
https://www.bls.gov/emp/documentation/. The tables have kept their content but not their headers: 2016-26 spreads a
header over three rows of merged cells, later vintages name the years in one row, and worker characteristics stood in
table 1.7 until they moved into table 1.2. Columns are therefore found by what their header says, not by position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

import pandas as pd

from connectors.cadence import YEARLY, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.projection_sheets import body, is_workbook_with, jobs, labels_of, occupations, plain, share, wage, words
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    csv_frame,
    decode,
    excel_rows,
    load,
    sheet_names,
    titles,
)
from connectors.source import EXCEL, Ask, Feed, Limits, Source, Wanted, none
from connectors.tables import ATTAINMENT, OCCUPATION_PROJECTIONS, SEPARATIONS, checked

SOURCE = Source(
    name="bls_projections",
    title="Employment Projections, occupation and education tables",
    publisher="US Bureau of Labor Statistics",
    address="https://www.bls.gov/emp/data/occupational-data.htm",
    licence="Public domain",
    cadence="yearly, in late August or September, for the ten years from the year before",
    document="Employment Projections, occupational data tables (https://www.bls.gov/emp/data/occupational-data.htm)",
    caveats=(
        "Codes are those of the National Employment Matrix, which combines some SOC occupations.",
        "The method of separations changed with 2016-26: vintages before it do not compare.",
        "A wage at or above the agency's top code is null.",
        "National figures: openings here are the nation's, not a labor shed's.",
    ),
)

_PROJECTIONS: Mapping[str, str] = {
    "occupation_type": r"^occupation type$",
    "openings": r"^occupational openings",
    "self_employed_share": r"^percent self employed",
    "median_wage_usd": r"^median annual wage",
    "entry_education": r"^typical education",
    "work_experience": r"^work experience",
    "on_the_job_training": r"^typical on-the-job training",
}
_SEPARATIONS: Mapping[str, str] = {
    "occupation_type": r"^occupation type$",
    "exit_rate": r"^labor force exit rate|^occupational separations rate.* labor force exits$",
    "transfer_rate": r"^occupational transfer rate|^occupational separations rate.* occupational transfers$",
    "exits": r"^labor force exits|^occupational separations, .* labor force exits$",
    "transfers": r"^occupational transfers|^occupational separations, .* occupational transfers$",
    "openings": r"^occupational openings",
}
_ATTAINMENT: Mapping[str, str] = {
    "less_than_high_school": r"^less than high school",
    "high_school": r"^high school diploma",
    "some_college": r"^some college",
    "associate": r"^associate's",
    "bachelor": r"^bachelor's",
    "master": r"^master's",
    "doctoral": r"^doctoral",
}


def parse_projections(reply: Reply, name: str) -> pd.DataFrame:
    """Projected employment, openings and worker characteristics by occupation (table 1.2, or 1.7 until 2022-32).

    Args:
        reply: the occupation workbook.
        name: what to call it in messages.

    Returns:
        Table ``occupation_projections``: jobs (the workbook prints thousands), openings a year, dollars, shares.

    Raises:
        SourceError: a sheet or column is missing, or a cell is neither a number nor a dash.
        TableError: a code or a value breaks the declaration of the table.
    """
    rows = excel_rows(reply, name, sheet="Table 1.2")
    if not any(re.search(_PROJECTIONS["entry_education"], label) for label in labels_of(rows, name)[1]):
        rows = excel_rows(reply, name, sheet="Table 1.7")
    frame, years = body(rows, name, _PROJECTIONS)
    return _projections(frame, years, name)


def parse_separations(reply: Reply, name: str) -> pd.DataFrame:
    """Labor-force exits and occupational transfers by occupation (table 1.10).

    Args:
        reply: the occupation workbook.
        name: what to call it in messages.

    Returns:
        Table ``separations``: rates as shares of employment a year, flows in jobs a year.

    Raises:
        SourceError: a sheet or column is missing, or a cell is neither a number nor a dash.
        TableError: a code or a value breaks the declaration of the table.
    """
    frame, years = body(excel_rows(reply, name, sheet="Table 1.10"), name, _SEPARATIONS)
    out = occupations(frame, years)
    for column in ("exit_rate", "transfer_rate"):
        out[column] = share(frame, column, name)
    for column in ("exits", "transfers", "openings"):
        out[column] = jobs(frame, column, name)
    return checked(out, SEPARATIONS, name)


def parse_attainment(reply: Reply, name: str) -> pd.DataFrame:
    """Educational attainment of workers aged 25 and over by occupation (table 5.3; 1.11 in 2016-26).

    Args:
        reply: the education workbook, or an occupation workbook that holds the table.
        name: what to call it in messages.

    Returns:
        Table ``attainment``: seven shares of 1 an occupation.

    Raises:
        SourceError: the workbook holds no such table, or a column of it is missing.
        TableError: a code or a share breaks the declaration of the table.
    """
    sheets = [title.strip() for title in sheet_names(reply, name)]
    sheet = next((title for title in ("Table 5.3", "Table 1.11") if title in sheets), None)
    rows = excel_rows(reply, name, sheet=sheet) if sheet else []
    if not rows or "educational attainment" not in plain(rows[0][:1]):
        raise SourceError(
            name,
            "expected a table of educational attainment (5.3, or 1.11 in 2016-26), found none",
            "Later vintages print it in the workbook education.xlsx, not in occupation.xlsx",
        )
    frame, (base_year, _) = body(rows, name, _ATTAINMENT, years=False)
    out = pd.DataFrame({"soc_code": codes(frame["soc_code"]), "soc_title": titles(frame["soc_title"])})
    out["year"] = base_year
    for column in _ATTAINMENT:
        out[column] = share(frame, column, name)
    return checked(out, ATTAINMENT, name)


def parse_web_export(reply: Reply, name: str) -> pd.DataFrame:
    """Projections from the web page's CSV export: line items only, without self-employment.

    Args:
        reply: the export, 14 columns; codes may be wrapped as ``="13-2011"`` and titles carry sample job titles.
        name: what to call it in messages.

    Returns:
        Table ``occupation_projections``, ``self_employed_share`` null.

    Raises:
        SourceError: a column is missing, or a cell is neither a number nor N/A.
        TableError: a code or a value breaks the declaration of the table.
    """
    head = decode(load(reply, name), name)[:2000]
    openings = re.search(r"Occupational Openings,? (\d{4})-(\d{4}) Annual Average", head)
    wage = re.search(r"Median Annual Wage \d{4}", head)
    if not openings or not wage:
        lost = "Median Annual Wage YEAR" if openings else "Occupational Openings, YEAR-YEAR Annual Average"
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, f"expected a column {lost!r}, found none", remedy, line=1, column=lost)
    base, target = openings.groups()
    ours = {
        "Occupation Title": "soc_title",
        "Occupation Code": "soc_code",
        f"Employment {base}": "employment_base",
        f"Employment {target}": "employment_target",
        openings.group(): "openings",
        wage.group(): "median_wage_usd",
        "Typical Entry-Level Education": "entry_education",
        "Work Experience in a Related Occupation": "work_experience",
        "Typical on-the-job Training": "on_the_job_training",
    }
    due = _export_header(int(base), int(target)).columns
    whole = (*due[:6], openings.group(), wage.group(), *due[8:])
    editions = (whole, tuple(title.replace(",", "") if title not in ours else title for title in whole))
    frame = csv_frame(reply, name, Layout(SOURCE.document, tuple(ours), whole=editions)).rename(columns=ours)
    frame["occupation_type"] = "Line item"
    frame["soc_title"] = frame["soc_title"].str.replace(r"\s*\*.*", "", regex=True)
    return _projections(frame.assign(self_employed_share=""), (int(base), int(target)), name)


def _export_header(base: int, target: int) -> Header:
    """Header of the web export of one edition."""
    columns = (
        *("Occupation Title", "Occupation Code", f"Employment {base}", f"Employment {target}"),
        *(f"Employment Change, {base}-{target}", f"Employment Percent Change, {base}-{target}"),
        *(f"Occupational Openings, {base}-{target} Annual Average", f"Median Annual Wage {base}"),
        *("Typical Entry-Level Education", "Education Code", "Work Experience in a Related Occupation"),
        *("Workex Code", "Typical on-the-job Training", "trCode"),
    )
    return Header(columns, quoted=True)


def _projections(frame: pd.DataFrame, years: tuple[int, int], name: str) -> pd.DataFrame:
    """Text under our column names, as table ``occupation_projections``."""
    out = occupations(frame, years)
    for column in ("employment_base", "employment_target", "openings"):
        out[column] = jobs(frame, column, name)
    out["self_employed_share"] = share(frame, "self_employed_share", name)
    out["median_wage_usd"] = wage(frame, "median_wage_usd", name)
    for column in ("entry_education", "work_experience", "on_the_job_training"):
        out[column] = words(frame[column])
    return checked(out, OCCUPATION_PROJECTIONS, name)


_AUTUMN = Cadence(YEARLY, lag_days=250)
_FOLDER = "https://www.bls.gov/emp/ind-occ-matrix"
_BY_BASE = ByColumns((), ("base_year",))
_LIMITS = Limits(rows=(0.9, 1.1), changed=1, next_rows=(0.9, 1.1))


def wanted(ask: Ask, name: str) -> tuple[Wanted, ...]:
    """A workbook as it stands: the agency keeps the newest projections only, under one address."""
    base = _AUTUMN.published(ask.as_of, str(ask.as_of.year - 3))[-1]
    return (Wanted(f"{_FOLDER}/{name}", name, EXCEL, base),)


def _is_occupation_workbook(raw: bytes) -> bool:
    """Whether projections stand in the file's table 1.2, or (to 2022-32) in 1.7."""
    return is_workbook_with(raw, "Table 1.2", "") and (
        is_workbook_with(raw, "Table 1.2", "Occupational projections")
        or is_workbook_with(raw, "Table 1.7", "Occupational projections")
    )


def _is_attainment_workbook(raw: bytes) -> bool:
    return any(is_workbook_with(raw, sheet, "Educational attainment") for sheet in ("Table 5.3", "Table 1.11"))


FEEDS = (
    Feed(
        OCCUPATION_PROJECTIONS,
        parse_projections,
        partial(wanted, name="occupation.xlsx"),
        (),
        _AUTUMN,
        recognise=_is_occupation_workbook,
        parts=_BY_BASE,
        limits=_LIMITS,
    ),
    Feed(
        SEPARATIONS,
        parse_separations,
        partial(wanted, name="occupation.xlsx"),
        (),
        _AUTUMN,
        recognise=partial(is_workbook_with, sheet="Table 1.10", title="Occupational separations"),
        parts=_BY_BASE,
        limits=_LIMITS,
    ),
    Feed(
        ATTAINMENT,
        parse_attainment,
        partial(wanted, name="education.xlsx"),
        (),
        _AUTUMN,
        recognise=_is_attainment_workbook,
        parts=ByColumns((), ("year",)),
        limits=_LIMITS,
    ),
    Feed(
        OCCUPATION_PROJECTIONS,
        parse_web_export,
        none,
        tuple(_export_header(base, base + 10) for base in range(2019, 2035)),
        _AUTUMN,
        name="occupation_projections_web_export",
        parts=_BY_BASE,
        limits=_LIMITS,
    ),
)
