"""Recognises an agency's file by its header, whatever the file is called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from python_calamine import CalamineError, CalamineWorkbook

from connectors.reading import HEADER_SEARCH, SourceError, decode, load

_FOREIGN, _FAR = 0.2, 0.8
_ZIP = b"PK\x03\x04"
_HEAD = 1 << 16


@dataclass(frozen=True)
class Header:
    """The whole header of one of an agency's files, in its order, also the columns that the parser passes over.

    A file is the agency's when at most a fifth of these columns is missing and no more columns are foreign to it than
    missing: a renamed, swapped or dropped column is then read, and named, by the parser, while a file to which somebody
    added columns, or of which somebody kept a few, is not the agency's any more.

    Attributes:
        columns: official names; compared without regard to case, line breaks and runs of spaces.
        delimiter: of a text file.
        sheet: of a workbook: the start of the sheet's name ("Table 1.2"); "" is the first sheet. None for text files.
        quoted: true where the agency puts quotation marks around the names; a file without them was written anew.
        grows: true where the agency adds columns from year to year: up to a fifth of new ones are then let pass.
        begins: a start that the first cell of the file must have (a title above the header), where columns do not tell
            two files apart.
    """

    columns: tuple[str, ...]
    delimiter: str = ","
    sheet: str | None = None
    quoted: bool = False
    grows: bool = False
    begins: str = ""


@dataclass(frozen=True)
class Top:
    """The first rows of a file of unknown name, read once for all headers.

    Attributes:
        name: for messages.
        text: start of a text file; empty for a workbook.
        sheets: sheet -> first rows, for a workbook.
    """

    name: str
    text: str
    sheets: dict[str, list[list[str]]]


def top_of(raw: bytes, name: str) -> Top:
    """Read what headers are compared with.

    Args:
        raw: the file's bytes, gzip or not.
        name: for messages; its ending plays no part.

    Raises:
        SourceError: damaged gzip, or bytes that are neither text nor a workbook.
    """
    raw = load(raw, name)
    if raw.startswith(_ZIP):
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
            sheets = {title: _rows(book, title) for title in book.sheet_names}
        except CalamineError as error:
            raise SourceError(name, f"expected an Excel workbook ({error})", "Download it again") from error
        return Top(name, "", sheets)
    return Top(name, decode(raw[: raw.rfind(b"\n", 0, _HEAD) + 1 or _HEAD], name), {})


def _rows(book: CalamineWorkbook, sheet: str) -> list[list[str]]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=HEADER_SEARCH)
    return [[str(cell) for cell in row] for row in rows]


@dataclass(frozen=True)
class Verdict:
    """How a file's header compares with those of a feed.

    Attributes:
        near: share of equal columns, of the nearest header.
        why: what keeps it from being that header: None where it is, "" where it is not even near, else a sentence.
    """

    near: float
    why: str | None


def compared(top: Top, headers: Sequence[Header]) -> Verdict:
    """The verdict about a file by the nearest of some headers."""
    best = Verdict(0.0, "")
    for header in headers:
        for rows in _candidates(top, header):
            if header.begins and not (rows and rows[0] and _plain(rows[0][0]).startswith(_plain(header.begins))):
                continue
            for row in rows:
                near, why = _compared(row, header, top)
                if near > best.near:
                    best = Verdict(near, why)
    return best


def mismatch(top: Top, headers: Sequence[Header]) -> str | None:
    """Why a file has none of these headers; None where it has one (:class:`Verdict`)."""
    return compared(top, headers).why


def _compared(row: Sequence[str], header: Header, top: Top) -> tuple[float, str | None]:
    """How near a row is to a header (1 is equal), and what keeps it from being that header."""
    due = {_plain(column) for column in header.columns}
    have = {_plain(cell) for cell in row} - {""}
    missing, foreign = due - have, have - due
    near = 1 - (len(missing) + len(foreign)) / (len(due) + len(foreign))
    if len(missing) > _FOREIGN * len(due):
        named = ", ".join(sorted(missing)[:4])
        words = f"{len(missing)} of the agency's {len(due)} columns are missing ({named})"
        return near, words if len(missing) < _FAR * len(due) else ""
    if len(foreign) > max(len(missing), _FOREIGN * len(due) if header.grows else 0):
        return near, f"columns that are not the agency's: {', '.join(sorted(foreign)[:4])}"
    if header.quoted and not missing and not top.text.lstrip("\ufeff").startswith('"'):
        return near, "the agency puts quotation marks around text and this file has none: it was written anew"
    return near, None


def _candidates(top: Top, header: Header) -> list[list[list[str]]]:
    if header.sheet is not None:
        chosen = list(top.sheets) if header.sheet else list(top.sheets)[:1]
        return [top.sheets[name] for name in chosen if not header.sheet or _starts(name, header.sheet)]
    if not top.text:
        return []
    reader = csv.reader(io.StringIO(top.text, newline=""), delimiter=header.delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == HEADER_SEARCH:
                break
    except csv.Error:
        return []
    return [rows]


def _starts(sheet: str, wanted: str) -> bool:
    """Whether a sheet's name starts so; "Table 1.2" is not the start of "Table 1.20"."""
    return re.match(re.escape(_plain(wanted)) + r"(?![\d.])", _plain(sheet)) is not None


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split()).casefold()


def is_text_or_workbook(name: str, raw: bytes) -> bool:
    """Whether a header can be looked for at all (not in Parquet, PDF or pictures)."""
    return not raw.startswith((b"PAR1", b"%PDF", b"\x89PNG", b"\xff\xd8")) and PurePath(name).suffix != ".md"


__all__ = ["Header", "SourceError", "Top", "Verdict", "compared", "is_text_or_workbook", "mismatch", "top_of"]
