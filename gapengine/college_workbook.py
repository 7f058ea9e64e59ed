"""A college's tables as one Excel workbook: the same columns, a sheet for each CSV file of the folder."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from gapengine.errors import DataContract

NAME = "college.xlsx"
ABOUT = "about"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_TEXT_COLUMNS = re.compile(r"(?:^|_)(?:code|soc|id|fips|address|note)(?:s|$)")
_HOW = (
    "Each sheet is one table of the college's folder; its first row names the columns.",
    "Leave a cell empty where the number is unknown: empty means unknown, never zero.",
    "Codes (CIP, SOC, NAICS) are text: keep the format of their cells, or Excel drops their zeros.",
    "Rows whose first cell starts with # are passed over.",
    "Counts and rates only: no names, student numbers, birth dates or e-mail addresses of persons.",
    "A table may be a sheet here or a CSV file beside this workbook, not both.",
)


def sheets(book: Path) -> tuple[str, ...]:
    """Names of a workbook's sheets.

    Raises:
        DataContract: not a workbook.
    """
    return tuple(_open(book).sheet_names)


def rows(book: Path, sheet: str) -> list[tuple[int, list[str]]]:
    """Rows of a sheet as text with their numbers, counted from 1; cells behind the last heading are left out.

    Raises:
        DataContract: not a workbook, or a cell behind the last heading holds something.
    """
    cells = _open(book).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    texts = [[_text(cell) for cell in row] for row in cells]
    head = next((row for row in texts if any(row) and not row[0].startswith("#")), [])
    width = max((at + 1 for at, cell in enumerate(head) if cell), default=0)
    for number, row in enumerate(texts, start=1):
        if width and any(row[width:]) and not row[0].startswith("#"):
            at = next(at for at in range(width, len(row)) if row[at])
            raise DataContract(
                f"{book.name}, sheet {sheet}, row {number}, column {at + 1}: found {row[at]!r} behind the last "
                f"heading, expected an empty cell. Give the column a heading of the table, or clear it. ({book})"
            )
    return [(number, row[: width or len(row)]) for number, row in enumerate(texts, start=1)]


def from_files(folder: Path, tables: Sequence[str]) -> Path:
    """Put the CSV tables of a folder into its workbook, a sheet each, and delete the files.

    Args:
        folder: holds the CSV files.
        tables: their names, in the order of the sheets; one whose file is not there gets no sheet.

    Returns:
        The workbook.
    """
    import xlsxwriter  # noqa: PLC0415 - only `init --excel` writes a workbook

    book = folder / NAME
    paths = [folder / f"{name}.csv" for name in tables if (folder / f"{name}.csv").is_file()]
    with xlsxwriter.Workbook(str(book), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        bold, text = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "@"})
        about = workbook.add_worksheet(ABOUT)
        about.set_column(0, 0, 110)
        for at, line in enumerate(_HOW):
            about.write_string(at, 0, line)
        for path in paths:
            sheet = workbook.add_worksheet(path.stem)
            sheet.freeze_panes(1, 1)
            head, *body = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
            is_text = [_TEXT_COLUMNS.search(column) is not None for column in head]
            for place, column in enumerate(head):
                sheet.set_column(place, place, 18, text if is_text[place] else None)
                sheet.write_string(0, place, column, bold)
            for at, row in enumerate(body, start=1):
                for place, cell in enumerate(row):
                    if _NUMBER.fullmatch(cell) and not is_text[place]:
                        sheet.write_number(at, place, float(cell))
                    elif cell:
                        sheet.write_string(at, place, cell, text)
    for path in paths:
        path.unlink()
    return book


def _open(book: Path):  # type: ignore[no-untyped-def]
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - most folders hold CSV files

    try:
        return CalamineWorkbook.from_path(str(book))
    except CalamineError as error:
        raise DataContract(
            f"{book.name}: no Excel workbook ({error}). Save it again as .xlsx, close it in Excel. ({book})"
        ) from None


def _text(cell: object) -> str:
    """A cell as text: whole numbers without a decimal point, others as Excel shows them."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(round(cell, 12))
    return str(cell).strip()
