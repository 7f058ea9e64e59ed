"""Announcements from files: a CSV of announcements, and rows typed by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gapengine.arrivals.tellings import COLUMNS, Telling, telling, telling_id
from gapengine.college_files import Row, nearest, read_rows
from gapengine.errors import UsageError

CSV_COLUMNS = (
    *("company", "published_date", "counties", "cities", "naics_code", "jobs", "jobs_max", "jobs_qualifier"),
    *(
        "investment_usd",
        "avg_wage_usd",
        "start_year",
        "by_year",
        "operational_year",
        "stage",
        "source_address",
        "quote",
    ),
)
"""Columns of a CSV of announcements; ``docs/announcements.md`` describes them."""


def added(row: Mapping[str, str]) -> tuple[Telling, ...]:
    """A row typed by hand.

    Raises:
        UsageError: a value is not what its field must be.
    """
    return (_checked({**row, "site": "added"}, UsageError),)


def read_file(path: Path, source: str = "", published: str | None = None) -> tuple[Telling, ...]:
    """Tellings of a file.

    Args:
        path: a CSV with ``CSV_COLUMNS``.
        source: web address, for rows that name none.
        published: day, for rows that name none.

    Raises:
        DataContract: a cell breaks its declaration; the message names line and column.
        UsageError: there is no such file, or it is of no kind that can be read.
    """
    if not path.is_file():
        raise UsageError(f"{path}: no such file. Name a saved page, a PDF, a text or a CSV.")
    if path.suffix.lower() != ".csv":
        raise UsageError(f"{path}: cannot read a {path.suffix or 'nameless'} file. {nearest('.csv', ['.csv'])}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return tuple(_of_row(row, source, published, digest) for row in read_rows(path, CSV_COLUMNS))


def _of_row(row: Row, source: str, published: str | None, digest: str) -> Telling:
    cells: dict[str, Any] = dict(row.cells)
    cells["source_address"] = cells["source_address"] or source
    cells["published_date"] = cells["published_date"] or published or ""
    cells["stage"] = cells["stage"] or "announced"
    if not cells["company"]:
        raise row.fail("company", "who comes or grows", "Fill the cell.")
    try:
        return _checked({**cells, "site": "imported", "source_sha256": digest}, None)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise row.fail(str(first["loc"][0]), first["msg"], "Correct the cell; leave it empty where unknown.") from None


def _checked(cells: Mapping[str, Any], usage: type[UsageError] | None) -> Telling:
    name = telling_id(f"{cells.get('source_address', '')}#{cells['company']}", str(cells["published_date"]), 0)
    try:
        return telling(**{key: cells[key] for key in COLUMNS if key in cells}, telling_id=name, event_id="new")
    except ValidationError as error:
        if usage is None:
            raise
        first = error.errors(include_url=False)[0]
        raise usage(f"{first['loc'][0]}: {first['msg']}, found {first['input']!r}.") from None
