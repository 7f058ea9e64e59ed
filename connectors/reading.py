"""Shared reading of agencies' files: bytes to text, CSV and Excel to frames of text, text to numbers and codes.

Frames made here hold text only (blank cells are ""), has the official column names of its :class:`Layout`, and
are indexed by the line (CSV) or row (Excel) of the file, so that an error can say where. A parser then turns columns
into numbers with :func:`numbers` and into codes with :func:`codes`, and sets impossible rows aside with
:func:`possible`. What cannot be read raises :class:`SourceError`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as arrow
import pyarrow.csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from connectors.cells import codes, noted, numbers, possible, titles
from connectors.layouts import Layout, check_header, plain
from connectors.replies import Reply, SourceError, decode, load

__all__ = [
    "Layout",
    "Reply",
    "SourceError",
    "codes",
    "csv_frame",
    "decode",
    "excel_frame",
    "excel_rows",
    "load",
    "noted",
    "numbers",
    "possible",
    "sheet_names",
    "table_frame",
    "titles",
]

HEADER_SEARCH = 25
_ZIP = b"PK\x03\x04"


def table_frame(reply: Reply, name: str, layout: Layout | Sequence[Layout]) -> pd.DataFrame:
    """:func:`excel_frame` of the first sheet where the reply is a zipped workbook, :func:`csv_frame` otherwise."""
    raw = load(reply, name)
    return excel_frame(raw, name, layout) if raw.startswith(_ZIP) else csv_frame(raw, name, layout)


def csv_frame(reply: Reply, name: str, layout: Layout | Sequence[Layout], *, delimiter: str = ",") -> pd.DataFrame:
    """A delimited file as a frame of text, its header found below any title lines and checked against the layout.

    Args:
        reply: the bytes or the file, gzip or not.
        name: what to call it in messages.
        layout: the columns; of several layouts, the one that the header fits best.
        delimiter: comma, or tab.

    Returns:
        Columns of the layout under their official names (text; "" where blank), indexed by line.

    Raises:
        SourceError: the text cannot be decoded, a column is missing, renamed or out of order, a line has too few or
            too many cells, or there is no line below the header.
    """
    text = decode(load(reply, name), name)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter)
    top: list[list[str]] = []
    ends: list[tuple[int, int]] = []
    try:
        for row in reader:
            top.append(row)
            ends.append((reader.line_num, stream.tell()))
            if len(top) == HEADER_SEARCH:
                break
    except csv.Error as error:
        raise SourceError(name, f"expected delimited text ({error})", "Download it again") from error
    where, official, chosen = _header(top, name, layout)
    lines, end = ends[where]
    body = text[end:]
    if not body.strip():
        raise SourceError(name, "expected lines below the header, found none", "The period may not be published yet")
    return _framed(_cells(body, len(official), name, delimiter, lines), official, chosen, lines)


def excel_frame(
    reply: Reply, name: str, layout: Layout | Sequence[Layout], *, sheet: str | None = None
) -> pd.DataFrame:
    """A sheet of a workbook as a frame of text, its header found below any preamble and checked against the layout.

    Args:
        reply: the bytes or the file (xlsx, xls, xlsb, ods).
        name: what to call it in messages.
        layout: the columns; of several layouts, the one that the header fits best.
        sheet: name of the sheet, or the start of it ("Table 1.2"); None takes the first sheet.

    Returns:
        As :func:`csv_frame`; whole numbers are written without a decimal point; rows without any text are left out.

    Raises:
        SourceError: not a workbook, no such sheet, or a fault as in :func:`csv_frame`.
    """
    rows = excel_rows(reply, name, sheet=sheet)
    top = [[_text(cell) for cell in row] for row in rows[:HEADER_SEARCH]]
    where, official, chosen = _header(top, name, layout)
    below = rows[where + 1 :]
    frame = _framed([[_text(row[at]) for row in below] for at in range(len(official))], official, chosen, where + 1)
    frame = frame.loc[(frame != "").any(axis=1)]
    if frame.empty:
        raise SourceError(name, "expected rows below the header, found none", "The period may not be published yet")
    return frame


def excel_rows(reply: Reply, name: str, *, sheet: str | None = None) -> list[list[Any]]:
    """All rows of a sheet as calamine gives them, for sheets whose header a :class:`Layout` cannot describe.

    Raises:
        SourceError: not a workbook, or no such sheet.
    """
    names = sheet_names(reply, name)
    wanted = names[:1] if sheet is None else [title for title in names if _starts(title, sheet)]
    if not wanted:
        found = f"expected a sheet {sheet!r}, found {', '.join(names)}"
        raise SourceError(name, found, "Check that this is the right workbook")
    return _workbook(reply, name).get_sheet_by_name(wanted[0]).to_python(skip_empty_area=False)


def sheet_names(reply: Reply, name: str) -> list[str]:
    """Names of a workbook's sheets, in its order.

    Raises:
        SourceError: not a workbook.
    """
    return _workbook(reply, name).sheet_names


def _workbook(reply: Reply, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(load(reply, name)))
    except CalamineError as error:
        raise SourceError(name, f"expected an Excel workbook ({error})", "Download it again") from error


def _header(
    rows: Sequence[Sequence[str]], name: str, layouts: Layout | Sequence[Layout]
) -> tuple[int, list[str | None], Layout]:
    """Position of the header among the top rows, its cells' official names, and the layout that it fits best."""
    if not rows:
        raise SourceError(name, "expected a header, found nothing", "Download it again")
    best: tuple[int, int, list[str | None], Layout] | None = None
    for layout in [layouts] if isinstance(layouts, Layout) else layouts:
        for at, row in enumerate(rows):
            names = layout.official(row)
            score = sum(1 if title in names else -1 for title in layout.columns)
            if best is None or score > best[0]:
                best = score, at, names, layout
    if best is None:
        raise SourceError(name, "expected a layout to read it by, was given none", "Name at least one layout")
    _, where, official, layout = best
    check_header(rows[where], official, layout, name, where + 1)
    return where, official, layout


def _cells(body: str, width: int, name: str, delimiter: str, above: int) -> list[pd.Series[str]]:
    """Columns of the lines below the header, in the file's order, all text."""
    if delimiter == "," and body.count('"') % 2:
        raise SourceError(name, "expected every quotation mark to be closed", "The file may be cut: download it again")
    wrong: list[Any] = []

    def remember(row: Any) -> str:
        wrong.append(row)
        return "skip"

    labels = [str(at) for at in range(width)]
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(body.encode()),
            arrow_csv.ReadOptions(use_threads=False, column_names=labels, block_size=1 << 26),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=remember),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(labels, arrow.string()), strings_can_be_null=False),
        )
    except arrow.ArrowInvalid as error:
        raise SourceError(name, f"expected delimited text ({error})", "Download it again") from error
    if wrong:
        line = above + wrong[0].number if wrong[0].number else None
        found = f"expected {width} cells, found {wrong[0].actual_columns}"
        raise SourceError(name, found, "The file may be cut or damaged: download it again", line=line)
    cells = table.to_pandas()
    return [cells[label] for label in labels]


def _framed(
    cells: Sequence[Sequence[str] | pd.Series[str]], official: Sequence[str | None], layout: Layout, above: int
) -> pd.DataFrame:
    frame = pd.DataFrame({title: column for title, column in zip(official, cells, strict=True) if title}, dtype="str")
    for title in layout.optional:
        if title not in frame:
            frame[title] = pd.Series("", index=frame.index, dtype="str")
    frame.index = pd.RangeIndex(above + 1, above + 1 + len(frame), name="line")
    return frame[[*layout.columns, *layout.optional]]


def _starts(sheet: str, wanted: str) -> bool:
    return re.match(re.escape(plain(wanted)) + r"(?![\d.])", plain(sheet)) is not None


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
