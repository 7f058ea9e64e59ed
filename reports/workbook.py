"""Writes the report's tables as one Excel workbook: units and sources first, then a sheet for each table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.frames import harmless

_CREATED = datetime(2000, 1, 1)
_UNITS = (
    ("openings, graduates, gap, unplaced", "people a year"),
    ("p10, p50, p90", "one future in ten lies below p10, half below p50, nine in ten below p90"),
    ("p_shortage, p_surplus, weight, shares", "share between 0 and 1"),
    ("cost, median_wage", "dollars a year"),
    ("completions, completers", "people a year, as published"),
    ("an empty cell", "not known, which is never zero"),
)


def write_workbook(tables: Mapping[str, pd.DataFrame], sources: Sequence[Mapping[str, object]], path: Path) -> None:
    """Write the workbook; the same tables give the same bytes.

    Args:
        tables: frames by name, one sheet each, in this order; see :func:`reports.frames.frames`.
        sources: one mapping for each source; its keys become the columns of the first sheet.
        path: the file, replaced if it exists.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Program gap report", "created": _CREATED})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        first = book.add_worksheet("units and sources")
        _first_sheet(first, sources, head)
        taken = {"units and sources"}
        for name, frame in tables.items():
            sheet = book.add_worksheet(_sheet_name(name, taken))
            columns = [str(column) for column in frame.columns]
            rows = [list(row) for row in frame.itertuples(index=False, name=None)]
            _table(sheet, 0, columns, rows, head)
            sheet.freeze_panes(1, 0)
            if rows:
                sheet.autofilter(0, 0, len(rows), len(columns) - 1)
            _widths(sheet, columns, rows)


def _first_sheet(sheet: Worksheet, sources: Sequence[Mapping[str, object]], head: Format) -> None:
    _table(sheet, 0, ["column", "unit or meaning"], [list(line) for line in _UNITS], head)
    columns = list(dict.fromkeys(key for source in sources for key in source))
    rows = [[source.get(column) for column in columns] for source in sources]
    if columns:
        _table(sheet, len(_UNITS) + 2, columns, rows, head)
    _widths(sheet, columns or ["column", "unit"], [*rows, *[list(line) for line in _UNITS]])


def _table(sheet: Worksheet, top: int, columns: Sequence[str], rows: Sequence[Sequence[object]], head: Format) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(top, place, harmless(column), head)
    for line, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row):
            _cell(sheet, line, place, value)


def _cell(sheet: Worksheet, line: int, place: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return
    elif isinstance(value, (int, float)):
        sheet.write_number(line, place, value)
    elif hasattr(value, "item"):  # a NumPy scalar
        _cell(sheet, line, place, value.item())
    else:
        sheet.write_string(line, place, harmless(str(value)))


def _sheet_name(name: str, taken: set[str]) -> str:
    base = "".join("_" if letter in "[]:*?/\\'" else letter for letter in name)[:31] or "table"
    sheet, number = base, 2
    while sheet.lower() in taken:
        sheet, number = f"{base[:28]}_{number}", number + 1
    taken.add(sheet.lower())
    return sheet


def _widths(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for place, column in enumerate(columns):
        longest = max([len(column), *(len(str(row[place])) for row in rows[:200] if place < len(row))])
        sheet.set_column(place, place, min(max(longest + 1, 8), 48))
