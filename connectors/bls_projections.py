"""Read the occupation workbook of the BLS Employment Projections: projections, separations and attainment.

The input is ``occupation.xlsx`` (tables 1.2, 1.7 and 1.10) and ``education.xlsx`` (table 5.3), as described at
https://www.bls.gov/emp/documentation/. The tables have kept their content but not their headers: 2016-26 spreads a
header over three rows of merged cells, later vintages name the years in one row, and worker characteristics stood in
table 1.7 until they moved into table 1.2. Columns are therefore found by what their header says, not by position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    csv_frame,
    decode,
    excel_rows,
    load,
    numbers,
    sheet_names,
    titles,
)
from connectors.source import Source
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

NOT_AVAILABLE = ("—", "-", "N/A")

_TITLE = r"^\d{4} national employment matrix title"
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
    if not any(re.search(_PROJECTIONS["entry_education"], label) for label in _labels(rows, name)[1]):
        rows = excel_rows(reply, name, sheet="Table 1.7")
    frame, years = _body(rows, name, _PROJECTIONS)
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
    frame, years = _body(excel_rows(reply, name, sheet="Table 1.10"), name, _SEPARATIONS)
    out = _occupations(frame, years)
    for column in ("exit_rate", "transfer_rate"):
        out[column] = _share(frame, column, name)
    for column in ("exits", "transfers", "openings"):
        out[column] = _jobs(frame, column, name)
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
    if not rows or "educational attainment" not in _plain(rows[0][:1]):
        raise SourceError(
            name,
            "expected a table of educational attainment (5.3, or 1.11 in 2016-26), found none",
            "Later vintages print it in the workbook education.xlsx, not in occupation.xlsx",
        )
    frame, (base_year, _) = _body(rows, name, _ATTAINMENT, years=False)
    out = pd.DataFrame({"soc_code": codes(frame["soc_code"]), "soc_title": titles(frame["soc_title"])})
    out["year"] = base_year
    for column in _ATTAINMENT:
        out[column] = _share(frame, column, name)
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
    frame = csv_frame(reply, name, Layout(SOURCE.document, tuple(ours))).rename(columns=ours)
    frame["occupation_type"] = "Line item"
    frame["soc_title"] = frame["soc_title"].str.replace(r"\s*\*.*", "", regex=True)
    return _projections(frame.assign(self_employed_share=""), (int(base), int(target)), name)


def _projections(frame: pd.DataFrame, years: tuple[int, int], name: str) -> pd.DataFrame:
    """Text under our column names, as table ``occupation_projections``."""
    out = _occupations(frame, years)
    for column in ("employment_base", "employment_target", "openings"):
        out[column] = _jobs(frame, column, name)
    out["self_employed_share"] = _share(frame, "self_employed_share", name)
    out["median_wage_usd"] = _wage(frame, "median_wage_usd", name)
    for column in ("entry_education", "work_experience", "on_the_job_training"):
        out[column] = _words(frame[column])
    return checked(out, OCCUPATION_PROJECTIONS, name)


def _labels(rows: Sequence[Sequence[Any]], name: str) -> tuple[int, list[str]]:
    """Position of the first row of occupations, and the label of each column (merged cells spread out)."""
    top = next((at for at, row in enumerate(rows) if row and re.search(_TITLE, _plain(row[0]))), None)
    if top is None:
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, "expected a header 'YEAR National Employment Matrix title', found none", remedy)
    first = next(
        (at for at in range(top + 1, len(rows)) if re.fullmatch(r"\d\d-\d{4}", str(rows[at][1]).strip())), len(rows)
    )
    head = [[_plain(cell) for cell in row] for row in rows[top:first]]
    parts: list[list[str]] = []
    for depth, row in enumerate(head):
        filled = list(row)
        for at in range(1, len(row)):
            continues = not any(head[above][at] for above in range(depth))
            if not filled[at] and continues:
                filled[at] = filled[at - 1]
        parts.append(filled)
    return first, [" ".join(part for part in column if part) for column in zip(*parts, strict=True)]


def _body(
    rows: Sequence[Sequence[Any]], name: str, fields: Mapping[str, str], *, years: bool = True
) -> tuple[pd.DataFrame, tuple[int, int]]:
    """The table's rows under our column names, as text indexed by row of the sheet; its first and last year."""
    first, labels = _labels(rows, name)
    found = {field: [at for at, label in enumerate(labels) if re.search(rule, label)] for field, rule in fields.items()}
    dated = [(at, hit.group(1)) for at, label in enumerate(labels) if (hit := _EMPLOYMENT.match(label))]
    lost = [field for field, at in found.items() if len(at) != 1]
    if lost or (years and len(dated) != 2):
        column = lost[0] if lost else "employment_base"
        raise SourceError(
            name,
            f"expected one column for each of {lost or ['employment in two years']}, found {labels}",
            f"Compare with {SOURCE.document}",
            line=first,
            column=column,
        )
    places = {"soc_title": 0, "soc_code": 1, **{field: at[0] for field, at in found.items()}}
    if years:
        places |= {"employment_base": dated[0][0], "employment_target": dated[1][0]}
    kept = [at for at in range(first, len(rows)) if str(rows[at][1]).strip()]
    if not kept:
        raise SourceError(name, "expected occupations below the header, found none", "Download it again", line=first)
    data = {field: [str(rows[at][place]) for at in kept] for field, place in places.items()}
    frame = pd.DataFrame(data, index=pd.Index([at + 1 for at in kept], name="line"), dtype="str")
    base_year = int(labels[0][:4])
    return frame, (base_year, int(dated[1][1]) if years else base_year)


_EMPLOYMENT = re.compile(r"^employment,? (?:number )?(\d{4})(?:\.0)?(?:, thousands)?$")


def _occupations(frame: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    out = pd.DataFrame({"soc_code": codes(frame["soc_code"]), "soc_title": titles(frame["soc_title"])})
    out["occupation_type"] = frame["occupation_type"].str.strip().str.capitalize()
    out["base_year"], out["target_year"] = years
    return out


def _jobs(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Thousands with one decimal, as whole jobs."""
    return (numbers(frame, column, name, unknown=NOT_AVAILABLE) * 1000).round()


def _share(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Percent with one decimal, as a share of 1."""
    return (numbers(frame, column, name, unknown=NOT_AVAILABLE) / 100).round(6)


def _wage(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Dollars a year; null where the wage is at or above the agency's top code (printed as ``>=$239,200``)."""
    known = frame.assign(**{column: frame[column].where(~frame[column].str.strip().str.startswith(">="), "")})
    return numbers(known, column, name, unknown=NOT_AVAILABLE)


def _words(column: pd.Series[str]) -> pd.Series[str]:
    text = titles(column)
    return text.mask(text.isin(["", *NOT_AVAILABLE]))


def _plain(cell: object) -> str:
    text = re.sub(r"[\(\[]\d{1,2}[\)\]]", "", str(cell).replace("–", "-"))
    return " ".join(text.split()).casefold()
