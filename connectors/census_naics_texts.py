"""What industries comprise, what they do not, and how many there are: the texts beside the NAICS classification.

Input defined by the Census Bureau, "NAICS reference files": the workbooks ``2022_NAICS_Descriptions.xlsx``,
``2022_NAICS_Cross_References.xlsx`` and ``2022_NAICS_Structure_Summary_Table.xlsx``, whose name or sheet states the
vintage.
"""

from __future__ import annotations

import re

import pandas as pd

from connectors.cadence import IRREGULAR, Cadence
from connectors.headers import Header
from connectors.parts import ByColumns
from connectors.reading import (
    Layout,
    Reply,
    SourceError,
    codes,
    excel_frame,
    excel_rows,
    noted,
    numbers,
    possible,
    sheet_names,
)
from connectors.source import EXCEL, Ask, Feed, Source, Wanted
from connectors.tables import NAICS_COUNTS, NAICS_CROSS_REFERENCES, NAICS_DESCRIPTIONS, checked

SOURCE = Source(
    name="census_naics_texts",
    title="North American Industry Classification System: descriptions, cross-references, counts",
    publisher="U.S. Census Bureau",
    address="https://www.census.gov/naics/",
    licence="Public domain (work of the United States government); cite the agency and the vintage.",
    cadence="Every five years (2017, 2022, 2027).",
    document="NAICS reference files, https://www.census.gov/naics/?48967",
    caveats=("Texts define industries; they do not say how many people work there.",),
)

DESCRIPTIONS = Layout(SOURCE.document, ("Code", "Title", "Description"))
CROSS_REFERENCES = Layout(SOURCE.document, ("Code", "Cross-Reference"))
COUNTS = ("Subsectors (3-digit)", "Industry Groups (4-digit)", "NAICS Industries (5-digit)", "6-digit Industries")


def parse_descriptions(reply: Reply, name: str) -> pd.DataFrame:
    """Read what each industry of one vintage comprises.

    Returns:
        The table ``naics_descriptions``; codes without a text of their own are left out.

    Raises:
        SourceError: not the workbook, a column is missing, or neither sheet nor name states the vintage.
        TableError: one code has two texts.
    """
    frame = excel_frame(reply, name, DESCRIPTIONS)
    table = pd.DataFrame(
        {
            "naics_code": codes(frame["Code"]),
            "description": _one_line(frame["Description"]),
            "vintage": _vintage(reply, name),
        }
    )
    table = table.loc[table["description"] != ""]
    rules = {"code that is not 2 to 6 digits or a range": ~table["naics_code"].str.fullmatch(r"\d{2,6}|\d\d-\d\d")}
    table, aside = possible(table, rules, name)
    return noted(checked(table, NAICS_DESCRIPTIONS, name), aside)


def parse_cross_references(reply: Reply, name: str) -> pd.DataFrame:
    """Read what does not belong to an industry of one vintage, and where it belongs.

    Returns:
        The table ``naics_cross_references``.

    Raises:
        SourceError: not the workbook, a column is missing, or neither sheet nor name states the vintage.
    """
    frame = excel_frame(reply, name, CROSS_REFERENCES)
    table = pd.DataFrame(
        {
            "naics_code": codes(frame["Code"]),
            "cross_reference": _one_line(frame["Cross-Reference"]),
            "vintage": _vintage(reply, name),
        }
    )
    rules = {"code that is not 2 to 6 digits or a range": ~table["naics_code"].str.fullmatch(r"\d{2,6}|\d\d-\d\d")}
    table, aside = possible(table, rules, name)
    return noted(checked(table, NAICS_CROSS_REFERENCES, name), aside)


def parse_counts(reply: Reply, name: str) -> pd.DataFrame:
    """Read how many industries each sector of one vintage has, by depth.

    The last header cell spans three columns (national detail, same as five digits, total); the total is the third.

    Returns:
        The table ``naics_counts``.

    Raises:
        SourceError: not the workbook, a column is missing, or neither sheet nor name states the vintage.
    """
    rows = [[" ".join(str(cell).split()) for cell in row] for row in excel_rows(reply, name)]
    top = next((at for at, row in enumerate(rows) if row[:1] == ["Sector"]), None)
    if (
        top is None
        or (lost := [column for column in COUNTS if column not in rows[top]])
        or "Total" not in rows[top + 1]
    ):
        column = "Sector" if top is None else lost[0] if lost else "Total"
        remedy = f"Compare with {SOURCE.document}"
        raise SourceError(name, f"expected a column {column!r}, found none", remedy, column=column)
    places = [rows[top].index(column) for column in COUNTS[:3]] + [rows[top + 1].index("Total")]
    kept = [at for at in range(top + 2, len(rows)) if rows[at][places[0]]]
    index = pd.Index([at + 1 for at in kept], name="line")
    frame = pd.DataFrame(
        {column: [rows[at][place] for at in kept] for column, place in zip(COUNTS, places, strict=True)},
        index,
        dtype="str",
    )
    sector = pd.Series([rows[at][0] or "Total" for at in kept], index, dtype="str")
    table = pd.DataFrame({"sector_code": sector.str.replace(r"\.0$", "", regex=True)})
    for column, counted in zip(NAICS_COUNTS.columns[1:5], COUNTS, strict=True):
        table[column] = numbers(frame, counted, name)
    table["vintage"] = _vintage(reply, name)
    return checked(table, NAICS_COUNTS, name)


def _one_line(column: pd.Series[str]) -> pd.Series[str]:
    return column.str.replace(r"\s+", " ", regex=True).str.strip()


def _vintage(reply: Reply, name: str) -> str:
    for text in (*sheet_names(reply, name)[:1], name):
        found = re.search(r"(?<!\d)(20\d[27])(?!\d)", text)
        if found:
            return found[1]
    raise SourceError(name, "expected a vintage in the sheet's or the file's name, as in 2022_NAICS", "Keep the name")


_EVERY_FIVE_YEARS = Cadence(IRREGULAR)
_CURRENT = "2022"
_BY_VINTAGE = ByColumns((), ("vintage",))


def _workbook(name: str) -> tuple[Wanted, ...]:
    address = f"https://www.census.gov/naics/{_CURRENT}NAICS/{_CURRENT}_NAICS_{name}.xlsx"
    return (Wanted(address, f"{_CURRENT}_NAICS_{name}.xlsx", EXCEL, _CURRENT, settled=True),)


def wanted_descriptions(_ask: Ask) -> tuple[Wanted, ...]:
    """Descriptions of the current vintage."""
    return _workbook("Descriptions")


def wanted_cross_references(_ask: Ask) -> tuple[Wanted, ...]:
    """Cross-references of the current vintage."""
    return _workbook("Cross_References")


def wanted_counts(_ask: Ask) -> tuple[Wanted, ...]:
    """Counts of the current vintage."""
    return _workbook("Structure_Summary_Table")


FEEDS = (
    Feed(
        NAICS_DESCRIPTIONS,
        parse_descriptions,
        wanted_descriptions,
        (Header(DESCRIPTIONS.columns, sheet=""),),
        _EVERY_FIVE_YEARS,
        parts=_BY_VINTAGE,
    ),
    Feed(
        NAICS_CROSS_REFERENCES,
        parse_cross_references,
        wanted_cross_references,
        (Header(CROSS_REFERENCES.columns, sheet=""),),
        _EVERY_FIVE_YEARS,
        parts=_BY_VINTAGE,
    ),
    Feed(
        NAICS_COUNTS,
        parse_counts,
        wanted_counts,
        (Header(("Sector", "Name", *COUNTS), sheet=""),),
        _EVERY_FIVE_YEARS,
        parts=_BY_VINTAGE,
    ),
)
