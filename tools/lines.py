"""Counts the rows of a source file, as a page of sources prints them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook


def rows(path: Path) -> int:
    """Rows of a Parquet file; else non-empty lines of a text, or of all sheets of a workbook, less one heading each.

    Raises:
        ValueError: the file is of no kind that is counted.
    """
    kind = path.name.removesuffix(".gz").rsplit(".", 1)[-1]
    if kind == "parquet":
        return int(pq.ParquetFile(path).metadata.num_rows)
    if kind in ("csv", "txt"):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return max(sum(bool(line.strip()) for line in content.splitlines()) - 1, 0)
    if kind == "xlsx":
        book = CalamineWorkbook.from_path(str(path))
        sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        return sum(max(sum(any(cell != "" for cell in row) for row in sheet) - 1, 0) for sheet in sheets)
    raise ValueError(f"{path.name}: expected a Parquet, CSV, text or Excel file")
