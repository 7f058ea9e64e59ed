"""The tables of BLS's Employment Projections workbooks: headers over several rows, thousands, percent, dashes.

Columns are found by what their header says, not by position: the tables have kept their content but not their headers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from connectors.reading import SourceError, codes, numbers, titles

NOT_AVAILABLE = ("—", "-", "N/A", "NA")
DOCUMENT = "Employment Projections, data tables (https://www.bls.gov/emp/data.htm)"
_TITLE = r"^\d{4} national employment matrix title"


def is_workbook_with(raw: bytes, sheet: str, title: str) -> bool:
    """Whether a file is one of the agency's own workbooks and has a table.

    Args:
        raw: the file's bytes.
        sheet: name of the table's sheet ("Table 1.10").
        title: what the line above the table starts with, without its number ("Occupational separations").

    Returns:
        True where every sheet is an index or a numbered table that starts with its own number (or says where it went):
        somebody who added a sheet or took a title line away made another file of it.
    """
    if not raw.startswith(b"PK"):
        return False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        tops = {name: book.get_sheet_by_name(name).to_python(nrows=1) for name in book.sheet_names}
    except CalamineError:
        return False
    starts = {plain(name): plain(rows[0][0]) if rows and rows[0] else "" for name, rows in tops.items()}
    tables = {name: start for name, start in starts.items() if name != "index"}
    moved = re.compile(r"the content from table [\d.]+ has been moved")
    official = all(
        re.match(re.escape(name) + r"(?![\d.]) ", start) or moved.match(start) for name, start in tables.items()
    )
    return official and plain(f"{sheet} {title}") in starts.get(plain(sheet), "")


def labels_of(rows: Sequence[Sequence[Any]], name: str) -> tuple[int, list[str]]:
    """Position of the first row of occupations, and the label of each column (merged cells spread out)."""
    top = next((at for at, row in enumerate(rows) if row and re.search(_TITLE, plain(row[0]))), None)
    if top is None:
        remedy = f"Compare with {DOCUMENT}"
        raise SourceError(name, "expected a header 'YEAR National Employment Matrix title', found none", remedy)
    first = next(
        (at for at in range(top + 1, len(rows)) if re.fullmatch(r"\d\d-\d{4}", str(rows[at][1]).strip())), len(rows)
    )
    head = [[plain(cell) for cell in row] for row in rows[top:first]]
    parts: list[list[str]] = []
    for depth, row in enumerate(head):
        filled = list(row)
        for at in range(1, len(row)):
            continues = not any(head[above][at] for above in range(depth))
            if not filled[at] and continues:
                filled[at] = filled[at - 1]
        parts.append(filled)
    return first, [" ".join(part for part in column if part) for column in zip(*parts, strict=True)]


def body(
    rows: Sequence[Sequence[Any]], name: str, fields: Mapping[str, str], *, years: bool = True
) -> tuple[pd.DataFrame, tuple[int, int]]:
    """The table's rows under our column names, as text indexed by row of the sheet; its first and last year."""
    first, labels = labels_of(rows, name)
    found = {field: [at for at, label in enumerate(labels) if re.search(rule, label)] for field, rule in fields.items()}
    dated = [(at, hit.group(1)) for at, label in enumerate(labels) if (hit := _EMPLOYMENT.match(label))]
    lost = [field for field, at in found.items() if len(at) != 1]
    if lost or (years and len(dated) != 2):
        column = lost[0] if lost else "employment_base"
        raise SourceError(
            name,
            f"expected one column for each of {lost or ['employment in two years']}, found {labels}",
            f"Compare with {DOCUMENT}",
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


def occupations(frame: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    """Code, title, type and years of each row."""
    out = pd.DataFrame({"soc_code": codes(frame["soc_code"]), "soc_title": titles(frame["soc_title"])})
    out["occupation_type"] = frame["occupation_type"].str.strip().str.capitalize()
    out["base_year"], out["target_year"] = years
    return out


def jobs(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Thousands with one decimal, as whole jobs."""
    return (numbers(frame, column, name, unknown=NOT_AVAILABLE) * 1000).round()


def share(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Percent with one decimal, as a share of 1."""
    return (numbers(frame, column, name, unknown=NOT_AVAILABLE) / 100).round(6)


def wage(frame: pd.DataFrame, column: str, name: str) -> pd.Series[float]:
    """Dollars a year; null where the wage is at or above the agency's top code (printed as ``>=$239,200``)."""
    known = frame.assign(**{column: frame[column].where(~frame[column].str.strip().str.startswith(">="), "")})
    return numbers(known, column, name, unknown=NOT_AVAILABLE)


def words(column: pd.Series[str]) -> pd.Series[str]:
    """Text on one line, null where there is a dash."""
    text = titles(column)
    return text.mask(text.isin(["", *NOT_AVAILABLE]))


def plain(cell: object) -> str:
    """A header cell in small letters on one line, without footnote marks."""
    text = re.sub(r"[\(\[]\d{1,2}[\)\]]", "", str(cell).replace("–", "-"))
    return " ".join(text.split()).casefold()


def industry_rows(rows: list[list[Any]], name: str) -> tuple[pd.DataFrame, int]:
    """Title, code, type and NAICS of table 1.9 as text, indexed by row, and its base year (its first line states it).

    Raises:
        SourceError: the year or a column is missing.
    """
    year = re.search(r"\b(20\d\d)\D{1,3}\d{2,4}\b", str(rows[0][0])) if rows and rows[0] else None
    top = next((at for at, row in enumerate(rows[:6]) if [str(cell) for cell in row[2:3]] == ["Industry type"]), None)
    if year is None or top is None or "naics" not in str(rows[top][3]).casefold():
        found = "expected a year in the title and columns 'Industry type' and 'NAICS code'"
        raise SourceError(name, found, f"Compare with {DOCUMENT}", column="Industry type")
    kept = [at for at in range(top + 1, len(rows)) if str(rows[at][2]).strip()]
    data = {
        field: [str(rows[at][place]) for at in kept] for place, field in enumerate(("title", "code", "type", "naics"))
    }
    frame = pd.DataFrame(data, index=pd.Index([at + 1 for at in kept], name="line"), dtype="str")
    frame["naics"] = frame["naics"].str.replace(r"\.0$", "", regex=True)
    return frame, int(year[1])
