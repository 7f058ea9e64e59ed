"""What a table of the snapshot declares about itself, and the rule that its frame must meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

AS_OF = "2026-11-22"
COUNTIES: Mapping[str, str] = {
    "37063": "Durham",
    "37135": "Orange",
    "37037": "Chatham",
    "37145": "Person",
    "37183": "Wake",
    "37101": "Johnston",
    "37069": "Franklin",
}
"""The labor shed: metropolitan areas 20500 (the first four) and 39580 (the last three)."""


@dataclass(frozen=True)
class Recipe:
    """One table of the snapshot.

    Attributes:
        name: name of the table and of its Parquet file.
        meaning: one sentence on what a row is.
        columns: column -> meaning and unit, in order.
        key: columns that identify a row; rows are written in their order.
        datasets: ids in ``tools.datasets``.
        vintage: editions in a few words.
        until: last day that the newest figure describes (year-month-day).
        coverage: one sentence on how far the figures reach.
        build: folder of source files -> rows.
        caveats: what a reader must know before using it.
    """

    name: str
    meaning: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    datasets: tuple[str, ...]
    vintage: str
    until: str
    coverage: str
    build: Callable[[Path], pd.DataFrame]
    caveats: tuple[str, ...] = ()

    def rows(self, data: Path) -> pd.DataFrame:
        """Build the table and hold it to its declaration.

        Raises:
            ValueError: other columns than declared, no rows, a null in the key or two rows with one key.
        """
        frame = self.build(data)
        if set(frame.columns) != set(self.columns):
            raise ValueError(f"{self.name}: declared {list(self.columns)}, built {list(frame.columns)}")
        frame = frame[list(self.columns)].sort_values(list(self.key), ignore_index=True)
        keys = frame[list(self.key)]
        if frame.empty or keys.isna().to_numpy().any() or keys.duplicated().any():
            clash = keys[keys.duplicated()].head(3).to_dict("records")
            raise ValueError(f"{self.name}: expected rows with whole and unique keys {self.key}, found {clash}")
        return frame
