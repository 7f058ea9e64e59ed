"""Shared reading of agencies' files: bytes to text, CSV and Excel to frames of text, text to numbers and codes.

Frames made here holds text only (blank cells are ""), has the official column names of its :class:`Layout`, and
is indexed by the line (CSV) or row (Excel) of the file, so that an error can say where. A parser then turns columns
into numbers with :func:`numbers` and into codes with :func:`codes`, and sets impossible rows aside with
:func:`possible`. What cannot be read raises :class:`SourceError`.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as arrow
import pyarrow.csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from connectors.cells import codes, noted, numbers, possible, titles
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
    "titles",
]

HEADER_SEARCH = 25


@dataclass(frozen=True)
class Layout:
    """The columns of an agency's file, as its document lists them.

    Names are compared without regard to case, line breaks and runs of spaces. Columns that the layout does not list
    are passed over.

    Attributes:
        document: where the layout is described; printed in error messages.
        columns: official names of the columns that must be there, in the agency's order.
        optional: official names of columns that may be there; absent ones are filled with "".
        spellings: other spellings of a column (older years) -> official name.
        ordered: whether ``columns`` must follow one another in the agency's order (a swapped header is then seen).
    """

    document: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = True

    def official(self, header: Sequence[str]) -> list[str | None]:
        """Official name of each cell of a header row; None for a cell the layout does not list."""
        known = {_plain(name): name for name in (*self.columns, *self.optional)}
        known |= {_plain(other): name for other, name in self.spellings.items()}
        return [known.get(_plain(cell)) for cell in header]


def csv_frame(reply: Reply, name: str, layout: Layout, *, delimiter: str = ",") -> pd.DataFrame:
    """A delimited file as a frame of text, its header found below any title lines and checked against the layout.

    Args:
        reply: the bytes or the file, gzip or not.
        name: what to call it in messages.
        layout: the columns.
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
    where, official = _header(top, name, layout)
    lines, end = ends[where]
    body = text[end:]
    if not body.strip():
        raise SourceError(name, "expected lines below the header, found none", "The period may not be published yet")
    return _framed(_cells(body, len(official), name, delimiter, lines), official, layout, lines)


def excel_frame(reply: Reply, name: str, layout: Layout, *, sheet: str | None = None) -> pd.DataFrame:
    """A sheet of a workbook as a frame of text, its header found below any preamble and checked against the layout.

    Args:
        reply: the bytes or the file (xlsx, xls, xlsb, ods).
        name: what to call it in messages.
        layout: the columns.
        sheet: name of the sheet, or the start of it ("Table 1.2"); None takes the first sheet.

    Returns:
        As :func:`csv_frame`; whole numbers are written without a decimal point; rows without any text are left out.

    Raises:
        SourceError: not a workbook, no such sheet, or a fault as in :func:`csv_frame`.
    """
    rows = excel_rows(reply, name, sheet=sheet)
    where, official = _header([[_text(cell) for cell in row] for row in rows[:HEADER_SEARCH]], name, layout)
    below = rows[where + 1 :]
    frame = _framed([[_text(row[at]) for row in below] for at in range(len(official))], official, layout, where + 1)
    frame = frame.loc[(frame != "").any(axis=1)]
    if frame.empty:
        raise SourceError(name, "expected rows below the header, found none", "The period may not be published yet")
    return frame


def excel_rows(reply: Reply, name: str, *, sheet: str | None = None) -> list[list[Any]]:
    """All rows of a sheet as calamine gives them, for sheets whose header a :class:`Layout` cannot describe.

    Raises:
        SourceError: not a workbook, or no such sheet.
    """
    raw = load(reply, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        wanted = book.sheet_names[:1] if sheet is None else [s for s in book.sheet_names if _starts(s, sheet)]
        if not wanted:
            found = f"expected a sheet {sheet!r}, found {', '.join(book.sheet_names)}"
            raise SourceError(name, found, "Check that this is the right workbook")
        return book.get_sheet_by_name(wanted[0]).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SourceError(name, f"expected an Excel workbook ({error})", "Download it again") from error


def _header(rows: Sequence[Sequence[str]], name: str, layout: Layout) -> tuple[int, list[str | None]]:
    """Position of the header among the top rows, and its cells' official names."""
    if not rows:
        raise SourceError(name, "expected a header, found nothing", "Download it again")
    scored = [layout.official(row) for row in rows]
    where = max(range(len(rows)), key=lambda at: (len({title for title in scored[at] if title}), -at))
    official = scored[where]
    remedy = f"Compare with {layout.document}"
    twice = [title for title in dict.fromkeys(official) if title and official.count(title) > 1]
    if twice:
        raise SourceError(name, f"expected one column {twice[0]!r}, found several", remedy, line=where + 1)
    missing = [title for title in layout.columns if title not in official]
    if missing:
        strange = [_plain(cell) for cell, title in zip(rows[where], official, strict=True) if title is None and cell]
        hints = []
        for title in missing:
            near = difflib.get_close_matches(_plain(title), strange, 1, 0.6)
            hints.append(f"{title!r}" + (f" (renamed to {near[0]!r}?)" if near else ""))
        found = f"expected columns that are missing: {', '.join(hints)}; unknown columns: {strange[:12]}"
        raise SourceError(name, found, remedy, line=where + 1, column=missing[0])
    if layout.ordered:
        seen = [title for title in official if title in layout.columns]
        moved = [title for title, due in zip(seen, layout.columns, strict=True) if title != due]
        if moved:
            found = f"expected the agency's order of columns, found {', '.join(map(repr, moved[:4]))} swapped"
            raise SourceError(name, found, remedy, line=where + 1, column=moved[0])
    return where, official


def _cells(body: str, width: int, name: str, delimiter: str, above: int) -> list[pd.Series[str]]:
    """Columns of the lines below the header, in the file's order, all text."""
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


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).casefold()


def _starts(sheet: str, wanted: str) -> bool:
    return re.match(re.escape(_plain(wanted)) + r"(?![\d.])", _plain(sheet)) is not None


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
