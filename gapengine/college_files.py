"""Reads the text files of a college's folder (CSV, TOML) and says file, line and column of whatever is wrong."""

from __future__ import annotations

import csv
import difflib
import io
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gapengine.errors import DataContract

_PERSONAL = re.compile(
    r"^names?$|^(student|learner|graduate|participant|employee)$"
    r"|(^|_)((first|last|middle|full|given|family|maiden|student|learner|person|graduate)_?names?|surnames?"
    r"|(student|learner|person|graduate|campus|banner|colleague)_?(id|ids|no|nr|number|numbers|key)"
    r"|ssn|social_security|dob|birth[a-z]*|e_?mails?|phones?|home_address|street)(_|$)"
)


_LISTED = 30  # names that a message still lists


@dataclass(frozen=True)
class Row:
    """One row of a CSV file with its place, so that a later check can still name it.

    Attributes:
        file: the file it came from.
        line: line number in that file, counted from 1.
        cells: column name to text, stripped; an empty text means unknown.
    """

    file: Path
    line: int
    cells: Mapping[str, str]

    def fail(self, column: str, expected: str, remedy: str) -> DataContract:
        """Return (not raise) the error for one cell: file, line, column, what was found, expected, what to do."""
        found = self.cells.get(column, "")
        return DataContract(
            f"{self.file.name}, line {self.line}, column {column}: found {found!r}, expected {expected}. "
            f"{remedy} ({self.file})"
        )


def read_rows(path: Path, columns: Sequence[str], optional: Collection[str] = ()) -> tuple[Row, ...]:
    """Read a CSV file whose header must hold exactly the declared columns, in any order.

    Args:
        path: the file; UTF-8, with or without a byte-order mark.
        columns: the declared column names.
        optional: those of them that a file may lack; its cells then count as empty.

    Returns:
        The rows in the file's order; wholly empty lines and lines that start with ``#`` are passed over.

    Raises:
        DataContract: the file is missing or no UTF-8 text; a column looks personal, is unknown, repeated or missing;
            a row has too many or too few cells.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        return tuple(_rows(path, reader, columns, optional))
    except csv.Error as error:
        raise DataContract(
            f"{path.name}, line {reader.line_num}: {error}. Expected comma-separated cells with paired double quotes; "
            f"correct the quotes on that line. ({path})"
        ) from None


def _rows(path: Path, reader: Any, columns: Sequence[str], optional: Collection[str]) -> Iterator[Row]:
    header: list[str] | None = None
    start = 0
    for cells in reader:
        first, start = start + 1, reader.line_num
        stripped = [cell.strip() for cell in cells]
        if not any(stripped) or stripped[0].startswith("#"):
            continue
        if header is None:
            header = stripped
            _check_header(path, first, header, columns, optional)
            continue
        if len(stripped) != len(header):
            raise DataContract(
                f"{path.name}, line {first}: {len(stripped)} cells, expected {len(header)} as in the header. "
                f"Put texts that hold a comma in double quotes, keep empty cells. ({path})"
            )
        yield Row(path, first, dict(zip(header, stripped, strict=True)))
    if header is None:
        raise DataContract(f"{path.name}: no header line, expected the columns {', '.join(columns)}. ({path})")


def _check_header(
    path: Path, line: int, header: Sequence[str], columns: Sequence[str], optional: Collection[str]
) -> None:
    where = f"{path.name}, line {line}"
    for position, name in enumerate(header, start=1):
        if name in columns:
            if name in header[: position - 1]:
                raise DataContract(f"{where}, column {position}: {name} appears twice. Keep one. ({path})")
            continue
        if looks_personal(name):
            raise DataContract(
                f"{where}, column {position}: {name!r} looks like data about persons. This folder holds counts and "
                f"rates only; delete the column (and the file's earlier versions) before you go on. ({path})"
            )
        raise DataContract(f"{where}, column {position}: unknown column {name!r}. {nearest(name, columns)} ({path})")
    if missing := [name for name in columns if name not in header and name not in optional]:
        raise DataContract(
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
