"""Frames as Arrow tables and back, and as Parquet files without a clock: the same frame gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def arrow_table(frame: pd.DataFrame) -> pa.Table:
    """Text, whole numbers, numbers and flags as Arrow columns without pandas' own notes (they name its version)."""
    columns = {}
    for name, column in frame.items():
        if pd.api.types.is_bool_dtype(column):
            columns[str(name)] = pa.array(column, pa.bool_(), from_pandas=True)
        elif pd.api.types.is_integer_dtype(column):
            columns[str(name)] = pa.array(column, pa.int64(), from_pandas=True)
        elif pd.api.types.is_float_dtype(column):
            columns[str(name)] = pa.array(column, pa.float64(), from_pandas=True)
        else:
            columns[str(name)] = pa.array(column, pa.string(), from_pandas=True)
    return pa.table(columns)


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Text as ``str``, whole numbers as ``int64`` (``Int64`` where some are null), the rest as Arrow converts it."""
    frame: pd.DataFrame = table.to_pandas()
    for field in table.schema:
        if pa.types.is_integer(field.type):
            nulls = table.column(field.name).null_count
            frame[field.name] = frame[field.name].astype("Int64" if nulls else "int64")
        elif pa.types.is_string(field.type):
            frame[field.name] = frame[field.name].astype("str")
    return frame


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table of a run, for pandas to read back as it was, without its index or any time stamp."""
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path, compression="zstd")
