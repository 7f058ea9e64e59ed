"""Parts of a table: rows of one series and period, which an agency publishes and revises together.

A part is told by what its rows say, never by the name of the file they came in: a file of four quarters yields four
parts, the same that four files of one quarter would have yielded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

Part = tuple[str, str]
"""Series and period, such as ("37063", "2016Q1"); ("", "2020") where a table has one series."""

Split = Callable[[pd.DataFrame], list[tuple[Part, pd.DataFrame]]]


@dataclass(frozen=True)
class Whole:
    """All rows of a reply are one part.

    Attributes:
        series: name of the series.
        period: name of the period or vintage; an edition that replaces the last one whole has none.
    """

    series: str = ""
    period: str = ""

    def __call__(self, frame: pd.DataFrame) -> list[tuple[Part, pd.DataFrame]]:
        """One part."""
        return [((self.series, self.period), frame)]


WHOLE = Whole()


@dataclass(frozen=True)
class ByColumns:
    """Parts by the values of columns.

    Attributes:
        series: columns that name the series; their values are joined by a space.
        period: column of the year, or columns of year and quarter: 2016, 2016Q1 (2016 where the quarter is null).
    """

    series: tuple[str, ...]
    period: tuple[str, ...] = ()

    def __call__(self, frame: pd.DataFrame) -> list[tuple[Part, pd.DataFrame]]:
        """Parts in the order of their names."""
        series = _joined(frame, self.series, " ")
        period = _joined(frame, self.period, "Q")
        groups = frame.groupby([series, period], sort=True)
        return [((str(key[0]), str(key[1])), rows.reset_index(drop=True)) for key, rows in groups]


def _joined(frame: pd.DataFrame, columns: tuple[str, ...], between: str) -> pd.Series[str]:
    out = pd.Series("", index=frame.index, dtype="str")
    for at, column in enumerate(columns):
        value = frame[column].astype("object").where(frame[column].notna(), None)
        text = value.map(lambda cell: "" if cell is None else str(cell)).astype("str")
        out = out + (text if at == 0 else text.map(lambda word: f"{between}{word}" if word else ""))
    return out.rename(None)
