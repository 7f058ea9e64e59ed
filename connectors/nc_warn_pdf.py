"""Rows of the yearly PDF lists of WARN notices: ruled tables of two generations, and the older columns of text."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

from connectors.replies import SourceError

_OTHER_NAMES: Mapping[str, str] = {
    "county/parish": "County",
    "warn no.": "Warn Number",
    "notice date": "Date of Notice",
    "received date": "Date Received by NC",
    "company": "WARN Notice: WARN Notice Name",
    "layoff/closure": "WARN notice type",
    "layoff/ closure": "WARN notice type",
    "no. of employees": "Number affected at this location",
    "address": "Address 1",
}
_COMPANY, _NUMBER = "WARN Notice: WARN Notice Name", "Warn Number"
_TEXT_COLUMNS = {
    "Notice": "Date of Notice",
    "Effective": "Effective Date",
    "Company": _COMPANY,
    "City": "City",
    "#": "Number affected at this location",
    "Layoff": "WARN notice type",
}
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_SLACK = 4  # points by which a word may start left of its column's heading


def mentions_warn(raw: bytes) -> bool:
    """Whether the first page of a PDF speaks of WARN notices."""
    try:
        with pdfplumber.open(io.BytesIO(raw), pages=[1]) as pdf:
            return bool(pdf.pages) and "warn" in (pdf.pages[0].extract_text() or "").casefold()
    except PdfminerException:
        return False


def notices_of(raw: bytes, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """All notices of a PDF as text, under the columns of the department's CSV file; "" where a layout lacks one.

    Args:
        raw: the PDF.
        name: what to call it in messages.
        columns: names of the columns.

    Returns:
        One row a notice, indexed by its number in the document.

    Raises:
        SourceError: no PDF, a page without text (with its number), or no notice in any known layout.
    """
    rows: list[dict[str, str]] = []
    header: list[str] | None = None
    edges: list[float] | None = None
    try:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            for page in pdf.pages:
                if not page.chars:
                    found = f"expected text on page {page.page_number} of {len(pdf.pages)}, found none: it is a scan"
                    raise SourceError(name, found, "Read the page by eye, or run it through text recognition first")
                ruled, header = _ruled(page, header, columns)
                if not ruled and header is None:
                    ruled, edges = _aligned(page, edges)
                rows += ruled
    except PdfminerException as error:
        raise SourceError(name, f"expected a PDF file ({error})", "Download it again") from error
    if not rows:
        remedy = "Compare with the department's list: its layout may have changed"
        raise SourceError(name, "expected a table of notices, found none", remedy, column=_NUMBER)
    frame = pd.DataFrame(rows, columns=list(columns), dtype="str").fillna("")
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="line")
    return frame


def _ruled(
    page: Any, header: list[str] | None, columns: Sequence[str]
) -> tuple[list[dict[str, str]], list[str] | None]:
    """Rows of a page's ruled tables; a header holds until the next one, also on the pages after it."""
    known = {column.casefold(): column for column in columns} | dict(_OTHER_NAMES)
    out = []
    for table in page.extract_tables():
        for cells in table:
            words = [" ".join((cell or "").split()) for cell in cells]
            names = [known.get(word.casefold(), "") for word in words]
            if _NUMBER in names and _COMPANY in names:
                header = names
            elif header is not None and len(words) == len(header):
                row = {column: word for column, word in zip(header, words, strict=True) if column}
                if re.fullmatch(r"\d+", row[_NUMBER]) and row[_COMPANY]:
                    out.append(row)
    return out, header


def _aligned(page: Any, edges: list[float] | None) -> tuple[list[dict[str, str]], list[float] | None]:
    """Rows of a page without rules: each word belongs to the last column whose heading starts left of it."""
    out = []
    words = sorted(page.extract_words(), key=lambda word: (round(word["top"]), word["x0"]))
    for _, group in groupby(words, key=lambda word: round(word["top"])):
        line = list(group)
        texts = [word["text"] for word in line]
        headed = [(word["text"].partition("/")[0], word["x0"]) for word in reversed(line)]
        starts = {heading: x for heading, x in headed if heading in _TEXT_COLUMNS}
        if len(starts) == len(_TEXT_COLUMNS):
            edges = [starts[heading] for heading in _TEXT_COLUMNS]
        elif edges is not None and _DATE.fullmatch(texts[0]):
            cells: list[list[str]] = [[] for _ in edges]
            for word in line:
                at = max((i for i, edge in enumerate(edges) if word["x0"] >= edge - _SLACK), default=0)
                cells[at].append(word["text"])
            row = {column: " ".join(cell) for column, cell in zip(_TEXT_COLUMNS.values(), cells, strict=True)}
            number = "Number affected at this location"
            digits = re.match(r"[\d,]*", row[number])
            row["WARN notice type"] = (
                f"{row[number][digits.end() if digits else 0 :]} {row['WARN notice type']}".strip()
            )
            row[number] = digits[0] if digits else ""
            out.append(row)
    return out, edges
