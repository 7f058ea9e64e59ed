"""Reads a college's folder (CSV or sheets of a workbook, TOML) and says file, line and column of whatever is wrong."""

from __future__ import annotations

import csv
import difflib
import io
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gapengine import college_workbook
from gapengine.errors import DataContract
from gapengine.problems import together

_PERSONAL = re.compile(
    r"^names?$|^(student|learner|graduate|participant|employee)$"
    r"|(^|_)((first|last|middle|full|given|family|maiden|student|learner|person|graduate)_?names?|surnames?"
    r"|(student|learner|person|graduate|campus|banner|colleague)_?(id|ids|no|nr|number|numbers|key)"
    r"|ssn|social_security|dob|birth[a-z]*|e_?mails?|phones?|home_address|street)(_|$)"
)


_PERSON = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\b\d{3}-\d{2}-\d{4}\b", re.IGNORECASE)
_LISTED = 30  # names that a message still lists


@dataclass(frozen=True)
class Row:
    """One row of a CSV file with its place, so that a later check can still name it.

    Attributes:
        file: the file it came from.
        line: line number in that file, or row of the sheet, counted from 1.
        cells: column name to text, stripped; an empty text means unknown.
        sheet: the sheet, where the file is a workbook.
    """

    file: Path
    line: int
    cells: Mapping[str, str]
    sheet: str = ""

    @property
    def place(self) -> str:
        """File and line, or workbook, sheet and row."""
        return _place(self.file, self.sheet, self.line)

    def fail(self, column: str, expected: str, remedy: str) -> DataContract:
        """Return (not raise) the error for one cell: file, line, column, what was found, expected, what to do."""
        found = self.cells.get(column, "")
        return DataContract(
            f"{self.place}, column {column}: found {found!r}, expected {expected}. {remedy} ({self.file})"
        )


def _place(file: Path, sheet: str, line: int) -> str:
    return f"{file.name}, sheet {sheet}, row {line}" if sheet else f"{file.name}, line {line}"


def present(path: Path) -> bool:
    """Whether a table is there: as a CSV file, or as a sheet of the workbook beside it."""
    return path.is_file() or _in_workbook(path)


def check_sheets(folder: Path, tables: Sequence[str]) -> None:
    """Refuse a workbook with a sheet that is no table: what it holds would be lost, or be about persons.

    Raises:
        DataContract: naming the sheet and the nearest table.
    """
    book = folder / college_workbook.NAME
    if book.is_file():
        together(
            DataContract(f"{book.name}, sheet {sheet}: no table of this name. {nearest(sheet, tables)} ({book})")
            for sheet in college_workbook.sheets(book)
            if sheet not in {*tables, college_workbook.ABOUT}
        )


def _in_workbook(path: Path) -> bool:
    book = path.parent / college_workbook.NAME
    return book.is_file() and path.stem in college_workbook.sheets(book)


def read_rows(path: Path, columns: Sequence[str], optional: Collection[str] = ()) -> tuple[Row, ...]:
    """Read a table whose header must hold exactly the declared columns, in any order.

    Args:
        path: its CSV file (UTF-8, with or without a byte-order mark). Where the workbook beside it has a sheet of that
            name, that is read instead.
        columns: the declared column names.
        optional: those of them that a file may lack; its cells then count as empty.

    Returns:
        The rows in the file's order; wholly empty lines and lines that start with ``#`` are passed over.

    Raises:
        DataContract: the file is missing or no UTF-8 text; a column looks personal, is unknown, repeated or missing;
            a row has too many or too few cells.
    """
    if not _in_workbook(path):
        return tuple(_rows(path, "", _lines(path), columns, optional))
    book = path.parent / college_workbook.NAME
    if path.is_file():
        raise DataContract(
            f"{path.name}: the table is in this file and in the sheet {path.stem} of {book.name}. "
            f"Expected one of the two; delete the other. ({path})"
        )
    return tuple(_rows(book, path.stem, college_workbook.rows(book, path.stem), columns, optional))


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line of a CSV file, with the number of the line that they start on."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    start = 0
    try:
        for cells in reader:
            first, start = start + 1, reader.line_num
            yield first, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise DataContract(
            f"{path.name}, line {reader.line_num}: {error}. Expected comma-separated cells with paired double quotes; "
            f"correct the quotes on that line. ({path})"
        ) from None


def _rows(
    path: Path, sheet: str, lines: Iterable[tuple[int, list[str]]], columns: Sequence[str], optional: Collection[str]
) -> Iterator[Row]:
    header: list[str] | None = None
    for first, cells in lines:
        if not any(cells) or cells[0].startswith("#"):
            continue
        if header is None:
            header = cells
            together(_wrong_headings(path, _place(path, sheet, first), header, columns, optional))
            continue
        if len(cells) != len(header):
            raise DataContract(
                f"{_place(path, sheet, first)}: {len(cells)} cells, expected {len(header)} as in the header. "
                f"Put texts that hold a comma in double quotes, keep empty cells. ({path})"
            )
        row = Row(path, first, dict(zip(header, cells, strict=True)), sheet)
        if personal := next((name for name, cell in row.cells.items() if _PERSON.search(cell)), None):
            raise DataContract(
                f"{row.place}, column {personal}: the cell holds an e-mail address or a social security number. "
                f"This folder holds counts and rates only; clear the cell (and earlier versions of the file). ({path})"
            )
        yield row
    if header is None:
        where = f"{path.name}, sheet {sheet}" if sheet else path.name
        raise DataContract(f"{where}: no header line, expected the columns {', '.join(columns)}. ({path})")


def _wrong_headings(
    path: Path, where: str, header: Sequence[str], columns: Sequence[str], optional: Collection[str]
) -> Iterator[DataContract]:
    misspelt: set[str] = set()
    for position, name in enumerate(header, start=1):
        if name in columns:
            if name in header[: position - 1]:
                yield DataContract(f"{where}, column {position}: {name} appears twice. Keep one. ({path})")
        elif looks_personal(name):
            yield DataContract(
                f"{where}, column {position}: {name!r} looks like data about persons. This folder holds counts and "
                f"rates only; delete the column (and the file's earlier versions) before you go on. ({path})"
            )
        else:
            meant = nearest(name, columns)
            misspelt |= set(difflib.get_close_matches(name, columns, n=1, cutoff=0.6))
            yield DataContract(f"{where}, column {position}: unknown column {name!r}. {meant} ({path})")
    lost = [name for name in columns if name not in header and name not in optional]
    if missing := [name for name in lost if name not in misspelt]:
        yield DataContract(
            f"{where}: missing column {', '.join(missing)}. Add it to the header; cells may stay empty "
            f"(empty means unknown). ({path})"
        )


def looks_personal(column: str) -> bool:
    """Tell whether a column name suggests data about single persons (names, student numbers, birth dates, e-mail)."""
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", column)
    return _PERSONAL.search(re.sub(r"[^a-z0-9]+", "_", words.lower())) is not None


def nearest(name: str, known: Sequence[str]) -> str:
    """Return a sentence with the known name nearest to the one found, or with all of them where they are few."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    listed = ", ".join(known[:_LISTED]) + (", ..." if len(known) > _LISTED else "")
    return f"Known are: {listed}."


@dataclass(frozen=True)
class TomlFile:
    """A TOML file and where in it each table and key stands.

    Attributes:
        path: the file.
        data: its content.
        lines: path of keys to line number, counted from 1.
    """

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]

    def fail(self, keys: Sequence[str], expected: str, remedy: str) -> DataContract:
        """Return (not raise) the error for one key: file, line, key, what was expected, what to do."""
        place = next((self.lines[tuple(keys[:n])] for n in range(len(keys), 0, -1) if tuple(keys[:n]) in self.lines), 1)
        return DataContract(
            f"{self.path.name}, line {place}, {'.'.join(keys)}: expected {expected}. {remedy} ({self.path})"
        )


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises:
        DataContract: the file is missing, no UTF-8 text or no TOML (the parser's message names line and column).
    """
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataContract(f"{path.name}: {error}. Expected TOML 1.0; correct that place. ({path})") from None
    return TomlFile(path, data, dict(_places(text)))


def _places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each table header and each key that starts a line, with its line number."""
    table: tuple[str, ...] = ()
    entries: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*(\[{1,2})([^\[\]]+)\]{1,2}\s*(?:#.*)?$", line)
        key = re.match(r"""\s*((?:[\w.-]+|"[^"]*"|'[^']*')(?:\.(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""", line)
        if header:
            table = _keys(header[2])
            if header[1] == "[[":
                entries[table] += 1
                table = (*table, str(entries[table] - 1))
            yield table, number
        elif key:
            yield (*table, *_keys(key[1])), number


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataContract(
            f"{path.name}: no such file in {path.parent}. `gapengine init DIR` writes a full example."
        ) from None
    except UnicodeDecodeError as error:
        raise DataContract(
            f"{path.name}: byte {error.start} is no UTF-8. Save the file as UTF-8 (in Excel: 'CSV UTF-8'). ({path})"
        ) from None
